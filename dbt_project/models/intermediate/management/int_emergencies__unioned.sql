{{
    union_sources("emergencies", [
        ref("stg_workforce__emergencies"),
    ])
}}
