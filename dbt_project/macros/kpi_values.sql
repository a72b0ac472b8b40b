{#- The parts of every ratio and percentile KPI of one fact, per period and scope. The fact is read once per cohort
    date: by day and scope first (one grouping-sets aggregation), then periods from the few rows that are left. -#}
{% macro kpi_values(fact) %}
    {%- set scopes = kpi_scopes().keys() | list -%}
    {%- set ratios = kpi_registry() | selectattr("fact", "equalto", fact) | selectattr("shape", "equalto", "ratio") | list -%}
    {%- set percentiles = kpi_registry() | selectattr("fact", "equalto", fact)
        | selectattr("shape", "equalto", "percentile") | list -%}
    {%- set dates = ratios | map(attribute="date") | unique | list -%}
    with periods as (
        select date_day, period_grain, period_start
        from {{ ref("kpi_period_days") }}
    ),
    {% for date in dates %}
    {%- set kpis = ratios | selectattr("date", "equalto", date) | list %}
    {{ date }}_days as (
        select
            {{ date }} as date_day,
            {{ kpi_scope_columns(scopes) }},
            {% for kpi in kpis %}{{ kpi_sums(kpi) }}{{ "," if not loop.last }}
            {% endfor %}
        from {{ ref(fact) }}
        where {{ date }} is not null
        group by {{ kpi_scope_sets([date], scopes) }}
    ),
    {{ date }}_periods as (
        select
            periods.period_grain,
            periods.period_start,
            days.scope_type,
            days.scope_key,
            {% for kpi in kpis %}{% for part in kpi_part_names() -%}
            sum(days.{{ kpi.code }}__{{ part }}) as {{ kpi.code }}__{{ part }}{{ "," if not loop.last }}
            {% endfor %}{{ "," if not loop.last }}{% endfor %}
        from {{ date }}_days as days
        inner join periods on days.date_day = periods.date_day
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
            {% for part in kpi_part_names() -%}
            case kpis.kpi_code
                {%- for kpi in kpis %}
                when '{{ kpi.code }}' then {{ kpi.code }}__{{ part }}{% endfor %}
            end as {{ part }},
            {% endfor %}
            cast(null as decimal(18, 6)) as percentile_value
        from {{ date }}_periods
        cross join (values {% for kpi in kpis %}('{{ kpi.code }}'){{ ", " if not loop.last }}{% endfor %}) as kpis (kpi_code)
        {{ "union all" if not loop.last }}
        {%- endfor %}
    )
    {%- if percentiles %},
    {{ kpi_percentiles(fact, percentiles) }},
    parts as (
        select * from ratio_parts
        union all
        select * from percentile_parts
    )
    {%- else %},
    parts as (select * from ratio_parts)
    {%- endif %}
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
        percentile_value
    from parts
{% endmacro %}

{% macro kpi_part_names() %}{{ return(["numerator", "denominator", "n", "squares"]) }}{% endmacro %}

{#- The sums of one ratio: a row counts where its denominator is neither null, false nor zero. -#}
{% macro kpi_sums(kpi) -%}
    {%- set numerator = "cast(" ~ kpi.numerator ~ " as decimal(18, 6))" -%}
    {%- set denominator = "cast(" ~ kpi.denominator ~ " as decimal(18, 6))" -%}
    {%- set counts = "filter (where " ~ denominator ~ " <> 0)" -%}
    coalesce(sum({{ numerator }}) {{ counts }}, 0) as {{ kpi.code }}__numerator,
            coalesce(sum({{ denominator }}) {{ counts }}, 0) as {{ kpi.code }}__denominator,
            count(*) {{ counts }} as {{ kpi.code }}__n,
            {% if kpi.interval in ("mean", "nps") -%}
            coalesce(sum(cast({{ numerator }} * {{ numerator }} as decimal(38, 6))) {{ counts }}, 0)
            {%- else -%}
            cast(null as decimal(38, 6))
            {%- endif %} as {{ kpi.code }}__squares
{%- endmacro %}

{#- The parts of all facts' and special KPIs' models, one under the other. -#}
{% macro union_kpi_parts(relations) -%}
    {%- for relation in relations %}
    select
        kpi_code, period_grain, period_start, scope_type, scope_key,
        numerator, denominator, n, squares, percentile_value
    from {{ relation }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}
