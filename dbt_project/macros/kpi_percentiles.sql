{#- The percentile KPIs, exactly, from the rows of each period and scope: per fact one grouping-sets
    aggregation for the days, of which few scopes have any, and one for the longer periods. The
    engine keeps every row of every group in memory: the model is made in slices. Measures and
    periods are numbers until the end, because rows are grouped faster by numbers. -#}
{% macro kpi_percentiles() %}
    {%- set kpis = kpi_registry() | selectattr("shape", "equalto", "percentile") | list -%}
    with periods as (
        select
            date_day,
            period_grain,
            period_start,
            dense_rank() over (order by period_grain, period_start) as period_number
        from {{ ref("kpi_period_days") }}
        where {{ slice("period_grain") }}
    ),
    named_periods as (
        select distinct
            period_number,
            period_grain,
            period_start
        from periods
    ),
    {% for fact, kpis_of_fact in kpis | groupby("fact") %}
    {%- set scopes = kpi_scopes(fact) -%}
    {%- set scopes_with_days = scopes | select("in", kpi_scopes_with_days()) | list -%}
    {%- set measures = kpis_of_fact | map(attribute="numerator") | unique | list -%}
    {%- set fractions = kpis_of_fact | map(attribute="percentile") | unique | list %}
    {{ fact }}_rows as (
        {% for measure, kpis_of_measure in kpis_of_fact | groupby("numerator") -%}
        select
            {{ measures.index(measure) }} as measure_number,
            {{ kpis_of_measure[0].date }} as date_day,
            {{ kpi_scope_keys(scopes) }},
            {{ measure }} as amount
        from {{ ref(fact) }}
        where {{ kpis_of_measure[0].date }} is not null and {{ kpis_of_measure[0].denominator }}
        {{ "union all" if not loop.last }}
        {% endfor %}
    ),
    {{ fact }}_periods as (
        {% for compared, scopes_of_grain in [("=", scopes_with_days), ("<>", scopes)] -%}
        select
            measure_number,
            period_number,
            {{ kpi_scope_columns(scopes_of_grain) }},
            {% for fraction in fractions -%}
            {{ percentile("amount", fractions, loop.index) }} as percentile_{{ loop.index }},
            {% endfor -%}
            count(*) as n
        from {{ fact }}_rows as counted
        inner join periods
            on counted.date_day = periods.date_day and periods.period_grain {{ compared }} 'day'
        where {{ slice("measure_number") }}
        group by {{ kpi_scope_sets(["measure_number", "period_number"], scopes_of_grain) }}
        {{ "union all" if not loop.last }}
        {% endfor %}
    ),
    {{ fact }}_values as (
        select
            kpis.kpi_code,
            named_periods.period_grain,
            named_periods.period_start,
            measured.scope_type,
            measured.scope_key,
            measured.n,
            -- Interpolated between two whole numbers as a double and rounded once, here.
            cast(
                case kpis.fraction
                    {%- for fraction in fractions %}
                    when {{ fraction }} then measured.percentile_{{ loop.index }}{% endfor %}
                end * kpis.multiplier / kpis.divisor as decimal(18, 6)
            ) as percentile_value
        from {{ fact }}_periods as measured
        inner join named_periods on measured.period_number = named_periods.period_number
        inner join (
            values
            {%- for kpi in kpis_of_fact %}
            (
                '{{ kpi.code }}', {{ measures.index(kpi.numerator) }}, {{ kpi.percentile }},
                {{ kpi.multiplier }}, {{ kpi.divisor }}
            )
            {{- "," if not loop.last }}{% endfor %}
        ) as kpis (kpi_code, measure_number, fraction, multiplier, divisor)
            on measured.measure_number = kpis.measure_number
        where measured.scope_key is not null
    ){{ "," if not loop.last }}
    {% endfor %}
    {% for fact, _ in kpis | groupby("fact") -%}
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(null as decimal(38, 6)) as numerator,
        cast(null as decimal(38, 6)) as denominator,
        n,
        cast(null as decimal(38, 6)) as squares,
        percentile_value
    from {{ fact }}_values
    {{ "union all" if not loop.last }}
    {% endfor %}
{% endmacro %}

{#- The numbers of the measures of a fact, for that with the most. -#}
{% macro kpi_measure_numbers() %}
    {%- set most = namespace(measures=0) %}
    {%- set kpis = kpi_registry() | selectattr("shape", "equalto", "percentile") | list %}
    {%- for _, kpis_of_fact in kpis | groupby("fact") %}
    {%- set measures = kpis_of_fact | map(attribute="numerator") | unique | list | length %}
    {%- set most.measures = [most.measures, measures] | max %}
    {%- endfor %}
    {{ return(range(most.measures) | list) }}
{% endmacro %}

{#- Stands in a model for the piece that is made; as it is compiled, for all of them. -#}
{% macro slice(column) -%}
    {{ column }} is not null /* or one slice */
{%- endmacro %}
