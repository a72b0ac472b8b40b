{#- The seeds that people decide. Each names what may hold only once on a day (its subject); `codes`
    are its columns that hold words of a vocabulary; `pauses` that it may hold on and off. A row holds
    from `valid_from` to the day before `valid_to`, unless a seed says otherwise here. A seed with an
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
business_calendars:
  subject: [calendar_code]
calendar_shifts:
  subject: [calendar_code, weekday, starts]
  codes: {calendar_code: calendar}
  pauses: true
calendar_overrides:
  subject: [calendar_code, override_date, starts]
  codes: {calendar_code: calendar}
  valid_from: override_date
  valid_to: override_date + 1
calendar_assignments:
  subject: [source_system, department_key]
  codes: {calendar_code: calendar}
  valid_from: date '1000-01-01'
  valid_to: cast(null as date)
service_rules:
  subject: [rule_code]
contact_rules:
  subject: [rule_code]
customer_activity_rules:
  subject: [segment]
  codes: {segment: segment}
process_stages:
  subject: [process_code, stage_code]
dossier_parts:
  subject: [part_code]
process_rules:
  subject: [rule_code]
emergency_response_levels:
  subject: [response_level]
standard_review_kinds:
  subject: [review_kind]
  codes: {review_kind: review_kind}
topic_skills:
  subject: [topic]
  codes: {skill: skill}
qa_bands:
  subject: [band]
composite_limits:
  subject: []
""")) }}{% endmacro %}

{#- Every row of every governed seed: who, why, from when to when. -#}
{% macro governed_rows() -%}
    {%- for seed, contract in governed_seeds().items() %}
    select
        '{{ seed }}' as seed,
        {{ governed_subject(contract.subject) }} as subject,
        {{ contract.get("valid_from", "valid_from") }} as valid_from,
        {{ contract.get("valid_to", "valid_to") }} as valid_to,
        {{ contract.get("pauses", false) }} as may_pause,
        origin,
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
            {%- set until = contract.get("valid_to", "valid_to") -%}
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
