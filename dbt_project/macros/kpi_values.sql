{#- The parts of every ratio KPI of one fact, per period and scope. The fact is read once per
    cohort date: by day and scope first (one grouping-sets aggregation), then periods from the few
    rows that are left. A KPI has a row where one of its parts says something.
    Reading the registry takes longer than the rest: a model of several facts hands it in. -#}
{% macro kpi_values(fact, registry=none) %}
    {%- set scopes = kpi_scopes(fact) -%}
    {%- set registry = registry or kpi_registry() -%}
    {%- set kpis_of_fact = registry | selectattr("fact", "equalto", fact) | list -%}
    {%- set ratios = kpis_of_fact | selectattr("shape", "equalto", "ratio") | list -%}
    {%- set dates = ratios | map(attribute="date") | unique | list -%}
    {%- set part_names = ["numerator", "denominator", "n", "squares"] -%}
    with periods as (
        select date_day, period_grain, period_start
        from {{ ref("kpi_period_days") }}
    ),
    {% for date in dates %}
    {%- set kpis = ratios | selectattr("date", "equalto", date) | list %}
    {{ date }}_rows as (
        select
            {{ date }},
            {{ kpi_scope_keys(scopes) }},
            {% for kpi in kpis %}{{ kpi_row(kpi) }}{{ "," if not loop.last }}
            {% endfor %}
        from {{ ref(fact) }}
        where {{ date }} is not null
    ),
    {{ date }}_days as (
        select
            {{ date }} as date_day,
            {{ kpi_scope_columns(scopes) }},
            {% for kpi in kpis %}{{ kpi_sums(kpi) }}{{ "," if not loop.last }}
            {% endfor %}
        from {{ date }}_rows
        group by {{ kpi_scope_sets([date], scopes) }}
    ),
    {{ date }}_periods as (
        select
            periods.period_grain,
            periods.period_start,
            days.scope_type,
            days.scope_key,
            {% for kpi in kpis %}{% for part in part_names -%}
            sum(days.{{ kpi.code }}__{{ part }}) as {{ kpi.code }}__{{ part }}{{ "," if not loop.last }}
            {% endfor %}{{ "," if not loop.last }}{% endfor %}
        from {{ date }}_days as days
        inner join periods on days.date_day = periods.date_day
        where {{ kpi_scope_has_period("days.scope_type", "days.scope_key", "periods.period_grain") }}
        group by periods.period_grain, periods.period_start, days.scope_type, days.scope_key
    ),
    {% endfor %}
    ratio_parts as (
        {% for date in dates %}
        {%- set kpis = ratios | selectattr("date", "equalto", date) | list %}
        select
            kpis.kpi_code,
            period_grain,
            period_start,
            scope_type,
            scope_key,
            {% for part in part_names -%}
            case kpis.kpi_code
                {%- for kpi in kpis %}
                when '{{ kpi.code }}' then {{ kpi.code }}__{{ part }}{% endfor %}
            end as {{ part }}{{ "," if not loop.last }}
            {% endfor %}
        from {{ date }}_periods
        cross join (
            values
            {%- for kpi in kpis %}
            ('{{ kpi.code }}'){{ "," if not loop.last }}{% endfor %}
        ) as kpis (kpi_code)
        {{ "union all" if not loop.last }}
        {%- endfor %}
    )
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(numerator as decimal(38, 6)) as numerator,
        cast(denominator as decimal(38, 6)) as denominator,
        cast(n as bigint) as n,
        cast(squares as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from ratio_parts
    where n <> 0 or numerator <> 0
{% endmacro %}

{#- The same of several small facts, in one relation. -#}
{% macro kpi_values_of(facts) %}
    {%- set registry = kpi_registry() -%}
    {%- for fact in facts %}
    select * from ({{ kpi_values(fact, registry) }}) as of_{{ fact }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
{% endmacro %}

{#- What a row says to one ratio: it counts where its denominator is neither null, false nor zero.
    Worked out before the sums: an aggregate that filters is several times dearer. -#}
{% macro kpi_row(kpi) -%}
    {%- set numerator = "cast(" ~ kpi.numerator ~ " as decimal(18, 6))" -%}
    {%- set denominator = "cast(" ~ kpi.denominator ~ " as decimal(18, 6))" -%}
    case when {{ denominator }} <> 0 then {{ numerator }} end as {{ kpi.code }}__numerator,
            nullif({{ denominator }}, 0) as {{ kpi.code }}__denominator
{%- endmacro %}

{#- The sums of one ratio over the rows that count. -#}
{% macro kpi_sums(kpi) -%}
    {%- set numerator = kpi.code ~ "__numerator" -%}
    coalesce(sum({{ numerator }}), 0) as {{ numerator }},
            coalesce(sum({{ kpi.code }}__denominator), 0) as {{ kpi.code }}__denominator,
            count({{ kpi.code }}__denominator) as {{ kpi.code }}__n,
            {% if kpi.interval in ("mean", "nps") -%}
            coalesce(sum(cast({{ numerator }} * {{ numerator }} as decimal(38, 6))), 0)
            {%- else -%}
            cast(null as decimal(38, 6))
            {%- endif %} as {{ kpi.code }}__squares
{%- endmacro %}

{#- The parts of every KPI of the registry, one model's under the other. -#}
{% macro union_kpi_parts() -%}
    {%- set registry = kpi_registry() -%}
    {%- set models = (
        (registry | map(attribute="model") | list)
        + (registry | map(attribute="split_model") | list)
    ) -%}
    {%- for model in models | select | unique %}
    select
        kpi_code, period_grain, period_start, scope_type, scope_key,
        numerator, denominator, n, squares, percentile_value
    from {{ ref(model) }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Facts with rows that count for a ratio though its numerator is null. -#}
{% macro unknown_numerators() -%}
    {%- set ratios = kpi_registry() | selectattr("shape", "equalto", "ratio") | list -%}
    {%- for fact in ratios | map(attribute="fact") | unique %}
    select
        '{{ fact }}' as fact,
        count(*) as row_count
    from {{ ref(fact) }}
    where
        {% for kpi in ratios | selectattr("fact", "equalto", fact) -%}
        (
            {{ kpi.date }} is not null
            and cast({{ kpi.denominator }} as decimal(18, 6)) <> 0
            and {{ kpi.numerator }} is null
        )
        {{ "or" if not loop.last }}
        {%- endfor %}
    having count(*) > 0
    {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}
