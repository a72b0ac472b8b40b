{#- The scope types of each fact beside the organisation. A fact that is not listed stands as
    `other`, in the organisation's tree and its channel only. A split of one KPI (a complaint's type, a QA
    criterion) is a scope type of its fact too. -#}
{% macro kpi_scopes_by_fact() %}
    {% set tree = ["department", "team", "agent", "channel"] %}
    {% set customer = ["region", "segment", "company_size", "value_tier", "language"] %}
    {% set request = ["touchpoint", "phase", "product", "request_type", "priority"] %}
    {% set every = tree + request + ["location"] + customer %}
    {% set facts = {
        "other": tree,
        "fct_tickets": every,
        "fct_survey_responses": every,
        "fct_complaints": every + ["complaint_type", "root_cause"],
        "fct_customer_activity": customer,
        "fct_orders": tree + customer,
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
        "fct_qa_review_items": ["qa_criterion"],
        "fct_qa_rating_pairs": tree + ["qa_criterion"],
        "fct_coaching_cases": tree[:3],
        "fct_calls": tree + ["location"] + customer,
        "fct_bot_sessions": ["channel"] + customer,
        "dim_sources": ["source"],
    } %}
    {{ return(facts) }}
{% endmacro %}

{#- The scope types that have days, beside the organisation: somebody steers by them. -#}
{% macro kpi_scopes_with_days() %}
    {{ return(["department", "team"]) }}
{% endmacro %}

{#- The grains of periods, the shortest first. -#}
{% macro kpi_period_grains() %}
    {{ return(["day", "week", "month", "quarter", "half_year", "year"]) }}
{% endmacro %}
