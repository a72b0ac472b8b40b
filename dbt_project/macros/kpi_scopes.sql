{#- The scope types of a fact: the organisation always, and these. A fact that is not listed stands
    in the organisation's tree and its channel only. A split of one KPI (a complaint's type, a QA
    criterion) is a scope type of its fact too. -#}
{% macro kpi_scopes(fact) %}
    {% set tree = ["department", "team", "agent", "channel"] %}
    {% set customer = ["region", "segment", "company_size", "value_tier", "language"] %}
    {% set request = ["touchpoint", "phase", "product", "request_type", "priority"] %}
    {% set every = tree + request + ["location"] + customer %}
    {% set facts = {
        "fct_tickets": every,
        "fct_survey_responses": every,
        "fct_complaints": every + ["complaint_type", "root_cause"],
        "fct_customer_activity": customer,
        "fct_planned_contacts": ["department", "team", "agent"] + customer,
        "fct_department_questions": ["department"],
        "fct_agent_days": tree[:3],
        "fct_onboardings": tree[:3],
        "fct_trainings": tree[:3],
        "fct_appraisals": tree[:3],
        "fct_staffing_shifts": tree[:3] + ["skill"],
        "fct_staffing_requirements": tree[:2] + ["skill"],
        "fct_equipment_events": tree[:2],
        "fct_standard_reviews": ["review_kind"],
        "fct_emergencies": ["emergency_grade", "drill_kind", "post"],
        "fct_process_stages": tree + ["stage"],
        "fct_ticket_handovers": tree + ["request_type", "priority"],
        "fct_qa_reviews": every + ["inspection_kind", "inspector_kind"],
        "fct_calls": tree + ["location"] + customer,
        "fct_bot_sessions": ["channel"] + customer,
    } %}
    {{ return(facts.get(fact, tree)) }}
{% endmacro %}

{#- Whether a scope's member has a value of a grain: days only where somebody steers by the day; a
    row whose key is null is no member of that scope (decision 0036). -#}
{% macro kpi_scope_has_period(scope_type, scope_key, period_grain) -%}
    {{ scope_key }} is not null and (
        {{ period_grain }} <> 'day'
        or {{ scope_type }} in ('organisation', 'department', 'team')
    )
{%- endmacro %}

{#- The fact column that names the member of a scope; the organisation has one member, `all`, and
    no column. -#}
{% macro kpi_scope_column(scope) -%}
    {%- set columns = {
        "agent": "agent_id", "inspection_kind": "inspection_kind",
        "inspector_kind": "inspector_kind",
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
