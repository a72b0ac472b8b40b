{{
    union_sources("staffing_shifts", [
        ref("stg_workforce__staffing_shifts"),
    ])
}}
