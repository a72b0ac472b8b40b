{#- The percentile KPIs of a fact, exactly, from the rows of each period and scope: CTEs `measures`,
    `measure_periods` and `percentile_parts`, in one grouping-sets aggregation for all of them. -#}
{% macro kpi_percentiles(fact, kpis) -%}
    {%- set scopes = kpi_scopes().keys() | list -%}
    {%- set fractions = kpis | map(attribute="percentile") | unique | list -%}
    {%- set measures = {} -%}
    {%- for kpi in kpis %}{% do measures.update({kpi.numerator: kpi}) %}{% endfor -%}
    measures as (
        {% for measure, kpi in measures.items() -%}
        select
            '{{ measure }}' as measure,
            {{ kpi.date }} as date_day,
            department_key, team_key, agent_id, channel_key,
            {{ measure }} as amount
        from {{ ref(fact) }}
        where {{ kpi.date }} is not null and {{ kpi.denominator }}
        {{ "union all" if not loop.last }}
        {% endfor %}
    ),
    measure_periods as (
        select
            measure,
            period_grain,
            period_start,
            {{ kpi_scope_columns(scopes) }},
            {% for fraction in fractions -%}
            percentile_cont({{ fraction }}) within group (order by amount) as percentile_{{ loop.index }},
            {% endfor -%}
            count(*) as n
        from measures
        inner join periods on measures.date_day = periods.date_day
        group by {{ kpi_scope_sets(["measure", "period_grain", "period_start"], scopes) }}
    ),
    percentile_parts as (
        select
            kpis.kpi_code,
            period_grain,
            period_start,
            scope_type,
            scope_key,
            cast(null as decimal(38, 6)) as numerator,
            cast(null as decimal(38, 6)) as denominator,
            n,
            cast(null as decimal(38, 6)) as squares,
            -- A percentile is interpolated between two whole numbers as a double and rounded once, here.
            cast(
                case kpis.fraction
                    {%- for fraction in fractions %}
                    when {{ fraction }} then percentile_{{ loop.index }}{% endfor %}
                end * kpis.multiplier / kpis.divisor as decimal(18, 6)
            ) as percentile_value
        from measure_periods
        inner join (
            values
            {%- for kpi in kpis %}
            ('{{ kpi.code }}', '{{ kpi.numerator }}', {{ kpi.percentile }}, {{ kpi.multiplier }}, {{ kpi.divisor }})
            {{- "," if not loop.last }}{% endfor %}
        ) as kpis (kpi_code, kpi_measure, fraction, multiplier, divisor) on measure = kpis.kpi_measure
    )
{%- endmacro %}
