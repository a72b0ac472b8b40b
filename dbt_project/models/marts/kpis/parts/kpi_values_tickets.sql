{{ kpi_values("fct_tickets") }}
