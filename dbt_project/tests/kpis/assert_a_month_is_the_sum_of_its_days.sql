-- Parts of additive KPIs: what the days of a month add up to, against the month itself.
with kpi_values as (
    select
        kpi_values.kpi_code,
        kpi_values.period_grain,
        kpi_values.period_start,
        kpi_values.scope_type,
        kpi_values.scope_key,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.n
    from {{ ref("fct_kpi_values") }} as kpi_values
    inner join {{ ref("dim_kpi") }} as kpis on kpi_values.kpi_code = kpis.kpi_code
    where
        kpis.is_additive
        and kpi_values.period_grain in ('day', 'month')
        and {{ kpi_scope_has_period("kpi_values.scope_type", "kpi_values.scope_key", "'day'") }}
),

compared as (
    select
        kpi_code,
        cast(date_trunc('month', period_start) as date) as month_start,
        scope_type,
        scope_key,
        sum(case when period_grain = 'day' then numerator else -numerator end) as numerator,
        sum(case when period_grain = 'day' then denominator else -denominator end) as denominator,
        sum(case when period_grain = 'day' then n else -n end) as n
    from kpi_values
    group by kpi_code, cast(date_trunc('month', period_start) as date), scope_type, scope_key
)

select *
from compared
where numerator <> 0 or denominator <> 0 or n <> 0
