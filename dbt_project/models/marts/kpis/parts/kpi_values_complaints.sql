{{ kpi_values("fct_complaints") }}
