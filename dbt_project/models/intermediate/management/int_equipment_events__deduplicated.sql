with delivered as (
    {{
        union_sources("equipment_events", [
            ref("stg_workforce__equipment_events"),
        ])
    }}
)

{{ newest_rows("equipment_events", ["event_id"], "delivered") }}
