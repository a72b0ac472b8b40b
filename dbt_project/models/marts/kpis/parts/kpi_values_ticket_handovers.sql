{{ kpi_values("fct_ticket_handovers") }}
