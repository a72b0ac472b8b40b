-- Parts of additive KPIs: what the members of a scope type add up to, against the whole.
with kpi_values as (
    select
        kpi_values.kpi_code,
        kpi_values.period_grain,
        kpi_values.period_start,
        kpi_values.scope_type,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.n
    from {{ ref("fct_kpi_values") }} as kpi_values
    inner join {{ ref("dim_kpi") }} as kpis on kpi_values.kpi_code = kpis.kpi_code
    where kpis.is_additive
),

totals as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(n) as n
    from kpi_values
    group by kpi_code, period_grain, period_start, scope_type
),

part_types as (
    select distinct
        kpi_code,
        scope_type
    from totals
    -- Criteria are finer than reviews, and the failure of one leaves the others their scores.
    where scope_type not in ('organisation', 'qa_criterion')
)

select
    whole.kpi_code,
    whole.period_grain,
    whole.period_start,
    part_types.scope_type
from totals as whole
inner join part_types
    on
        whole.kpi_code = part_types.kpi_code
        and {{ kpi_scope_has_period("part_types.scope_type", "'all'", "whole.period_grain") }}
left join totals as parts
    on
        whole.kpi_code = parts.kpi_code
        and whole.period_grain = parts.period_grain
        and whole.period_start = parts.period_start
        and part_types.scope_type = parts.scope_type
where
    whole.scope_type = 'organisation'
    and (
        parts.n is null
        or whole.numerator <> parts.numerator
        or whole.denominator <> parts.denominator
        or whole.n <> parts.n
    )
