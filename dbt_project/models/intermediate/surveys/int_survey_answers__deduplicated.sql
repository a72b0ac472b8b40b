with delivered as (
    {{
        union_sources("survey_answers", [
            ref("stg_survey__survey_answers"),
        ])
    }}
)

{{ newest_rows("survey_answers", ["survey_id", "item_code"], "delivered") }}
