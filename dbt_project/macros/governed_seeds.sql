{#- The seeds that people decide. Each names what may hold only once on a day (its subject), and the
    columns that it lacks; `codes` are its columns that hold words of a vocabulary. A seed with an
    approver must stand here: a test says so. -#}
{% macro governed_seeds() %}{{ return(fromyaml("""
kpi_targets:
  subject: [kpi_code, scope_type, scope_key]
  codes: {kpi_code: kpi}
kpi_benchmarks:
  subject: [kpi_code, benchmark_code]
  codes: {kpi_code: kpi}
effect_benchmarks:
  subject: [effect_code]
  codes: {kpi_code: kpi}
ahp_tables:
  subject: [audience_code, parent_code]
  codes: {audience_code: audience}
vocabulary_approvals:
  subject: [vocabulary, code]
sla_policies:
  subject: [policy_id]
  codes: {request_type: request_type, priority: priority, channel: channel}
  valid_to: valid_to - 1
business_calendars:
  subject: [calendar_code]
  valid_to: valid_until
  lacks: [origin]
calendar_overrides:
  subject: [calendar_code, override_date, starts]
  lacks: [valid_from, valid_to, origin]
calendar_assignments:
  subject: [source_system, department_key]
  codes: {calendar_code: calendar}
  lacks: [valid_from, valid_to, origin]
service_rules:
  subject: [rule_code]
  lacks: [valid_from, valid_to]
contact_rules:
  subject: [rule_code]
customer_activity_rules:
  subject: [segment]
  codes: {segment: segment}
  lacks: [valid_from, valid_to]
process_stages:
  subject: [process_code, stage_code]
  valid_to: valid_to - 1
  lacks: [origin]
dossier_parts:
  subject: [part_code]
  valid_to: valid_to - 1
  lacks: [origin]
process_rules:
  subject: [rule_code]
  valid_to: valid_to - 1
  lacks: [origin]
emergency_response_levels:
  subject: [response_level]
  lacks: [valid_from, valid_to]
composite_limits:
  subject: []
""")) }}{% endmacro %}

{#- Every row of every governed seed: who, why, from when to when; without dates it holds. -#}
{% macro governed_rows() -%}
    {%- for seed, contract in governed_seeds().items() %}
    {%- set lacks = contract.get("lacks", []) %}
    select
        '{{ seed }}' as seed,
        {{ governed_subject(contract.subject) }} as subject,
        {{ "date '1000-01-01'" if "valid_from" in lacks else "valid_from" }} as valid_from,
        {{ "cast(null as date)" if "valid_to" in lacks else contract.get("valid_to", "valid_to") }}
            as valid_to,
        {{ "'house'" if "origin" in lacks else "origin" }} as origin,
        author,
        approved_by,
        approved_on,
        reason
    from {{ ref(seed) }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Every code that a governed seed uses, until when, with the vocabulary that must know it. -#}
{% macro governed_code_uses() -%}
    {%- set uses = [] -%}
    {%- for seed, contract in governed_seeds().items() -%}
        {%- for column, vocabulary in contract.get("codes", {}).items() -%}
            {%- set until = "cast(null as date)" if "valid_to" in contract.get("lacks", [])
                else contract.get("valid_to", "valid_to") -%}
            {%- do uses.append((seed, contract.subject, column, vocabulary, until)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for seed, subject, column, vocabulary, until in uses %}
    select
        '{{ seed }}' as seed,
        {{ governed_subject(subject) }} as row_key,
        '{{ vocabulary }}' as vocabulary,
        {{ column }} as code,
        {{ until }} as valid_to
    from {{ ref(seed) }}
    where {{ column }} is not null
    {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Every code that may be used: of vocabularies with a seed of their own, and of the others. -#}
{% macro governed_vocabularies() -%}
    {%- set own = {
        "audience": ("audiences", "audience_code"),
        "channel": ("channels", "channel_code"),
        "request_type": ("request_types", "request_type_code"),
        "priority": ("priorities", "priority_code"),
        "calendar": ("business_calendars", "calendar_code"),
    } -%}
    {%- for vocabulary, (seed, column) in own.items() %}
    select
        '{{ vocabulary }}' as vocabulary,
        {{ column }} as code
    from {{ ref(seed) }}
    union all
    {%- endfor %}
    select
        vocabulary,
        code
    from {{ ref("vocabularies") }}
{%- endmacro %}

{% macro governed_subject(columns) -%}
    {%- for column in columns -%}
        coalesce(cast({{ column }} as varchar), 'any'){{ " || ' ' || " if not loop.last }}
    {%- else -%}
        'all'
    {%- endfor -%}
{%- endmacro %}

{#- The findings of several models, each with these columns. -#}
{% macro findings_of(models) -%}
    {%- for name in models %}
    select
        seed,
        row_key,
        rule,
        detail
    from {{ ref(name) }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}
