with delivered as (
    {{
        union_sources("bot_sessions", [
            ref("stg_bot__bot_sessions"),
        ])
    }}
)

{{ newest_rows("bot_sessions", ["session_id"], "delivered") }}
