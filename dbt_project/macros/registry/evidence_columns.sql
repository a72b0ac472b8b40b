{#- The columns of an evidence row, with their types; every scope of the catalogue is one. -#}
{% macro kpi_evidence_columns() %}
    {% set columns = {
        "kpi_code": "varchar", "fact_name": "varchar", "row_key": "varchar", "unit_key": "varchar",
        "evidence_date": "date", "until_date": "date", "numerator": "decimal(38, 6)",
        "denominator": "decimal(38, 6)", "is_in_numerator": "boolean",
        "is_in_denominator": "boolean", "reason": "varchar", "mature_from": "date",
    } %}
    {% for scope in kpi_scopes("fct_tickets") %}
        {% do columns.update({kpi_scope_column(scope): "varchar"}) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}

{#- The columns of a fact that say why its row is left out of denominators. -#}
{% macro kpi_evidence_reasons(fact) %}
    {% set reasons = {
        "fct_tickets": ["exclusion_reason", "stamp_issue"],
        "fct_survey_responses": ["hygiene_reason"],
        "fct_complaints": ["stamp_issue"],
    } %}
    {{ return(reasons.get(fact, [])) }}
{% endmacro %}
