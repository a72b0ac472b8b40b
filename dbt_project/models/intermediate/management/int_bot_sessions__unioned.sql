{{
    union_sources("bot_sessions", [
        ref("stg_bot__bot_sessions"),
    ])
}}
