with delivered as (
    {{
        union_sources("complaint_events", [
            ref("stg_complaint__complaint_events"),
        ])
    }}
)

{{ newest_rows("complaint_events", ["event_id"], "delivered") }}
