{{
    union_sources("equipment_events", [
        ref("stg_workforce__equipment_events"),
    ])
}}
