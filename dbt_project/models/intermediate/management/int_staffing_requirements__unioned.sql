{{
    union_sources("staffing_requirements", [
        ref("stg_workforce__staffing_requirements"),
    ])
}}
