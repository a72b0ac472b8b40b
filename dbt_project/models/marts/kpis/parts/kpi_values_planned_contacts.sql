{{ kpi_values("fct_planned_contacts") }}
