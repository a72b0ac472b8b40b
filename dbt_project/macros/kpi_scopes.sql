{#- The scope types of a fact: the organisation always, and these. -#}
{% macro kpi_scopes(fact) %}
    {% set facts = kpi_scopes_by_fact() %}
    {{ return(facts.get(fact, facts["other"])) }}
{% endmacro %}

{#- Every scope type that rows of some fact stand in, in the order of `kpi_scopes_by_fact`. -#}
{% macro kpi_scope_types() %}
    {{ return(kpi_scopes_by_fact().values() | sum(start=[]) | unique | list) }}
{% endmacro %}

{#- Whether a scope's member has a value of a grain: days only where somebody steers by the day; a
    row whose key is null is no member of that scope (decision 0036). -#}
{% macro kpi_scope_has_period(scope_type, scope_key, period_grain) -%}
    {{ scope_key }} is not null and (
        {{ period_grain }} <> 'day'
        or {{ scope_type }} in ('organisation'
        {%- for scope in kpi_scopes_with_days() %}, '{{ scope }}'{% endfor %})
    )
{%- endmacro %}

{#- The fact column that names the member of a scope; the organisation has one member, `all`, and
    no column. -#}
{% macro kpi_scope_column(scope) -%}
    {%- set columns = {
        "agent": "agent_id", "inspection_kind": "inspection_kind",
        "inspector_kind": "inspector_kind", "qa_criterion": "criterion", "source": "source_system",
    } -%}
    {{- columns.get(scope, scope ~ "_key") -}}
{%- endmacro %}

{#- One grouping set per scope, the organisation first, each with the leading columns. -#}
{% macro kpi_scope_sets(leading, scopes) -%}
    grouping sets (
        ({{ leading | join(", ") }})
        {%- for scope in scopes %},
        ({{ leading | join(", ") }}, {{ kpi_scope_column(scope) }})
        {%- endfor %}
    )
{%- endmacro %}

{#- The select list that tells which scope a row of those grouping sets is about. -#}
{% macro kpi_scope_columns(scopes) -%}
    case
        {%- for scope in scopes %}
        when grouping({{ kpi_scope_column(scope) }}) = 0 then '{{ scope }}'
        {%- endfor %}
        else 'organisation'
    end as scope_type,
    case
        {%- for scope in scopes %}
        when grouping({{ kpi_scope_column(scope) }}) = 0 then {{ kpi_scope_column(scope) }}
        {%- endfor %}
        else 'all'
    end as scope_key
{%- endmacro %}

{#- The columns of several scopes, for a select list. -#}
{% macro kpi_scope_keys(scopes) -%}
    {%- for scope in scopes %}{{ kpi_scope_column(scope) }}{{ ", " if not loop.last }}{% endfor -%}
{%- endmacro %}
