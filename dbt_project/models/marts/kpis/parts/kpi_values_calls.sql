{{ kpi_values("fct_calls") }}
