{#- The columns of an evidence row, with their types; every scope type is one (a source is
    `source_system`). -#}
{% macro kpi_evidence_columns() %}
    {% set columns = {
        "kpi_code": "varchar", "fact_name": "varchar", "row_key": "varchar", "unit_key": "varchar",
        "source_system": "varchar",
        "evidence_date": "date", "until_date": "date", "numerator": "decimal(38, 6)",
        "denominator": "decimal(38, 6)", "is_in_numerator": "boolean",
        "is_in_denominator": "boolean", "reason": "varchar", "mature_from": "date",
        "split_type": "varchar",
    } %}
    {% for scope in kpi_scope_types() if scope != "source" %}
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
