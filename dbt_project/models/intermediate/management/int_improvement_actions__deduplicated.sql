with delivered as (
    {{
        union_sources("improvement_actions", [
            ref("stg_workforce__improvement_actions"),
        ])
    }}
)

{{ newest_rows("improvement_actions", ["action_id"], "delivered") }}
