{{ kpi_values("fct_bot_sessions") }}
