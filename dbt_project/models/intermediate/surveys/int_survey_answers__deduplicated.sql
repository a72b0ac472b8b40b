{{
    newest_rows(
        "survey_answers", ["survey_id", "item_code"], ref("int_survey_answers__unioned")
    )
}}
