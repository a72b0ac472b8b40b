{{ kpi_values("fct_department_questions") }}
