{{ kpi_values("fct_process_stages") }}
