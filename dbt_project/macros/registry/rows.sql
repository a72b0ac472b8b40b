{#- The registry as rows: all its columns for `dim_kpi`, or those that are named. -#}
{% macro kpi_registry_rows(columns=none) -%}
    {%- set fields = {
        "kpi_code": "code", "formula_version": "version", "label_en": "label_en",
        "label_zh": "label_zh", "definition": "definition", "source": "source", "owner": "owner",
        "unit": "unit", "direction": "direction", "pillar": "pillar", "aspect": "aspect",
        "element": "element", "kind": "kind", "shape": "shape", "fact": "fact", "key_column": "key",
        "date_column": "date", "cohort": "cohort", "maturity_days": "maturity_days",
        "numerator_column": "numerator", "denominator_column": "denominator",
        "multiplier": "multiplier", "divisor": "divisor", "interval_method": "interval",
        "percentile": "percentile", "is_additive": "additive", "model_name": "model",
        "evidence_rule": "reconciles", "is_activity": "activity",
    } -%}
    {%- set columns = columns or fields | list -%}
    {%- for kpi in kpi_registry() %}
    select
        {{ loop.index }} as display_order,
        {%- for column in columns %}
        {{ sql_literal(kpi[fields[column]]) }} as {{ column }}{{ "," if not loop.last }}
        {%- endfor %}
    {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro sql_literal(value) -%}
    {%- if value is none -%}null
    {%- elif value is boolean -%}{{ value | string | lower }}
    {%- elif value is number -%}{{ value }}
    {%- else -%}'{{ value | replace("'", "''") }}'
    {%- endif -%}
{%- endmacro %}
