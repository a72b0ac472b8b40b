{{
    union_sources("survey_answers", [
        ref("stg_survey__survey_answers"),
    ])
}}
