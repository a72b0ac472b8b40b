{{
    newest_rows(
        "servqual_items", ["survey_id", "item_number"], ref("int_servqual_items__unioned")
    )
}}
