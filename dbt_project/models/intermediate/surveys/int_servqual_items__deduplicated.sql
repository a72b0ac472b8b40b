with delivered as (
    {{
        union_sources("servqual_items", [
            ref("stg_survey__servqual_items"),
        ])
    }}
)

{{ newest_rows("servqual_items", ["survey_id", "item_number"], "delivered") }}
