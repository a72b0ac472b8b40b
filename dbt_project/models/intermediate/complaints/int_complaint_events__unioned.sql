{{
    union_sources("complaint_events", [
        ref("stg_complaint__complaint_events"),
    ])
}}
