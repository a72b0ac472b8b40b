with delivered as (
    {{
        union_sources("emergencies", [
            ref("stg_workforce__emergencies"),
        ])
    }}
)

{{ newest_rows("emergencies", ["emergency_id"], "delivered") }}
