{{ kpi_values("fct_survey_responses") }}
