{#- The rows behind every value: one branch per KPI and fact, so a query for one KPI reads one fact.
    Generated from the registry: a ratio's and a percentile's rows are those of its fact; a special
    KPI says where its rows are (`evidence`, see docs/architecture.md). -#}
{% macro kpi_evidence() %}
    {%- set scope_types = kpi_scope_types() -%}
    {%- for kpi in kpi_registry() | selectattr("due", "equalto", "now") -%}
        {%- set own = [{
            "fact": kpi.fact, "key": kpi.key, "date": kpi.date,
            "numerator": kpi.numerator, "denominator": kpi.denominator,
        }] -%}
        {%- for part in (kpi.evidence or own) %}
    {{ kpi_evidence_rows(kpi, part, scope_types) }}
    union all
        {%- endfor %}
    {%- endfor %}
    select {% for name, type in kpi_evidence_columns().items() -%}
        cast(null as {{ type }}) as {{ name }}{{ ", " if not loop.last }}{% endfor %}
    where false
{% endmacro %}

{#- The rows of one fact for one KPI: what each adds to numerator and denominator, or why not. -#}
{% macro kpi_evidence_rows(kpi, part, scope_types) -%}
    {%- set fact = part.fact -%}
    {%- set parts = {} -%}
    {%- for name in ["numerator", "denominator"] -%}
        {%- set given = part.get(name, none) -%}
        {%- do parts.update({name:
            "cast(null as decimal(38, 6))" if given is none
            else "cast(cast(" ~ given ~ " as decimal(18, 6)) as decimal(38, 6))"}) -%}
    {%- endfor -%}
    {%- set has_base = part.get("denominator", none) is not none -%}
    {%- set counts_by = "denominator" if has_base else "numerator" -%}
    {%- set has_parts = part.get(counts_by, none) is not none -%}
    {%- set counts = "coalesce(" ~ parts[counts_by] ~ " <> 0, false)" if has_parts else "true" -%}
    {%- set in_period = part.date ~ " is not null" -%}
    select
        '{{ kpi.code }}' as kpi_code,
        '{{ fact }}' as fact_name,
        {{ part.key }} as row_key,
        {{ part.get("unit", none) or part.key }} as unit_key,
        source_system,
        {{ part.date }} as evidence_date,
        cast({{ part.get("until", none) or "null" }} as date) as until_date,
        case when {{ in_period }} and {{ counts }} then {{ parts.numerator }} end as numerator,
        case when {{ in_period }} and {{ counts }} then {{ parts.denominator }} end as denominator,
        {{ in_period }} and {{ counts }} and coalesce({{ parts.numerator }} <> 0, false)
            as is_in_numerator,
        {{ in_period }} and coalesce({{ parts.denominator }} <> 0, false) as is_in_denominator,
        case
            when not ({{ in_period }}) or not ({{ counts }}) then concat_ws(
                '; ',
                case when {{ part.date }} is null then 'no {{ part.date }}' end,
                {% if part.get(counts_by, none) is not none -%}
                case
                    when {{ parts[counts_by] }} is null
                        then {{ sql_literal(part[counts_by] ~ " is unknown") }}
                    when {{ parts[counts_by] }} = 0 then {{ sql_literal("not " ~ part[counts_by]) }}
                end,
                {%- endif %}
                {%- for column in kpi_evidence_reasons(fact) %}
                '{{ column }}: ' || {{ column }}{{ "," if not loop.last }}
                {%- else %} null
                {%- endfor %}
            )
        end as reason,
        {{ part.date }} + {{ kpi.maturity_days }} as mature_from,
        cast({{ sql_literal(part.get("split", none)) }} as varchar) as split_type
        {%- set scopes = part.get("scopes", none) or kpi_scopes(fact) %}
        {%- for scope in scope_types if scope != "source" %},
        {%- set column = kpi_scope_column(scope) %}
        {{ column if scope in scopes else "cast(null as varchar)" }} as {{ column }}
        {%- endfor %}
    from {{ of_this_file(ref(fact)) }}
{%- endmacro %}

{#- A relation without the name of its database: a view with it means the file that it lies in, and
    can be published as it is. -#}
{% macro of_this_file(relation) -%}
    {{ relation if relation is string else relation.include(database=false) }}
{%- endmacro %}

{#- The codes of the KPIs whose rows make up their value by one of some rules. Spelt out, because
    the engine then passes over the rows of all others. -#}
{% macro kpi_codes_by_rule(rules) -%}
    {%- set kpis = kpi_registry() | selectattr("due", "equalto", "now") -%}
    {%- set codes = kpis | selectattr("reconciles", "in", rules) | map(attribute="code") -%}
    ('{{ codes | join("', '") }}')
{%- endmacro %}
