{{
    newest_rows(
        "staffing_requirements", ["requirement_id"], ref("int_staffing_requirements__unioned")
    )
}}
