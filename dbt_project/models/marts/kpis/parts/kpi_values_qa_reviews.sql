{{ kpi_values("fct_qa_reviews") }}
