{{
    union_sources("improvement_actions", [
        ref("stg_workforce__improvement_actions"),
    ])
}}
