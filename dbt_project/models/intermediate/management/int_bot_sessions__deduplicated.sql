{{ newest_rows("bot_sessions", ["session_id"], ref("int_bot_sessions__unioned")) }}
