-- Comparisons whose contributions miss the change, and composites that changed without drivers.
with drivers as (
    select
        audience_code,
        scope_key,
        period_grain,
        period_start,
        sum(case when comparison = 'previous_period' then contribution end) as explained,
        sum(case when comparison = 'previous_year' then contribution end) as explained_on_year
    from {{ ref("fct_score_drivers") }}
    group by audience_code, scope_key, period_grain, period_start
)

select
    composites.audience_code,
    composites.scope_key,
    composites.period_grain,
    composites.period_start,
    drivers.explained,
    drivers.explained_on_year
from {{ ref("fct_composite_scores") }} as composites
left join drivers
    on
        composites.audience_code = drivers.audience_code
        and composites.scope_key = drivers.scope_key
        and composites.period_grain = drivers.period_grain
        and composites.period_start = drivers.period_start
where
    composites.part_type = 'overall'
    and (
        drivers.explained is distinct from composites.value - composites.previous_value
        or (
            composites.period_grain <> 'year'
            and drivers.explained_on_year
            is distinct from composites.value - composites.previous_year_value
        )
    )
