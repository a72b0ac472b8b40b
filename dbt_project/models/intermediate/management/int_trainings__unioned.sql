{{
    union_sources("trainings", [
        ref("stg_workforce__trainings"),
    ])
}}
