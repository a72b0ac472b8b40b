{#- The scopes of a KPI value and the fact column that names the member; the organisation has one, `all`. -#}
{% macro kpi_scopes() %}
    {{ return({
        "department": "department_key", "team": "team_key", "agent": "agent_id", "channel": "channel_key",
    }) }}
{% endmacro %}

{#- One grouping set per scope, the organisation first, each with the leading columns. -#}
{% macro kpi_scope_sets(leading, scopes) -%}
    grouping sets (
        ({{ leading | join(", ") }})
        {%- for scope in scopes %},
        ({{ leading | join(", ") }}, {{ kpi_scopes()[scope] }})
        {%- endfor %}
    )
{%- endmacro %}

{#- The select list that tells which scope a row of those grouping sets is about. -#}
{% macro kpi_scope_columns(scopes) -%}
    case
        {%- for scope in scopes %}
        when grouping({{ kpi_scopes()[scope] }}) = 0 then '{{ scope }}'
        {%- endfor %}
        else 'organisation'
    end as scope_type,
    case
        {%- for scope in scopes %}
        when grouping({{ kpi_scopes()[scope] }}) = 0 then {{ kpi_scopes()[scope] }}
        {%- endfor %}
        else 'all'
    end as scope_key
{%- endmacro %}
