with kpi_values as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        value,
        score,
        is_complete
    from {{ ref("fct_kpi_values") }}
    where
        scope_type in ('organisation', 'department', 'team', 'agent')
        and scope_key <> 'unknown'
        and period_grain <> 'day'
        and (scope_type <> 'agent' or period_grain <> 'week')
),

periods as (
    select
        period_grain,
        period_start,
        period_end,
        period_number
    from {{ ref("dim_periods") }}
),

weights as (
    select
        weights.audience_code,
        audiences.scope_type,
        weights.kpi_code,
        weights.weight,
        weights.valid_from,
        coalesce(weights.valid_to, date '9999-12-31') as valid_to
    from {{ ref("kpi_weights") }} as weights
    inner join {{ ref("audiences") }} as audiences
        on weights.audience_code = audiences.audience_code
    where weights.weight > 0
),

-- A period in which nothing is known to have happened has no scores.
members as (
    select distinct
        kpi_values.scope_type,
        kpi_values.scope_key,
        kpi_values.period_grain,
        kpi_values.period_start
    from kpi_values
    inner join {{ ref("dim_kpi") }} as kpis
        on kpi_values.kpi_code = kpis.kpi_code
    where kpi_values.value is not null and kpis.is_activity
),

final as (
    select
        weights.audience_code,
        members.scope_type,
        members.scope_key,
        members.period_grain,
        members.period_start,
        periods.period_number,
        weights.kpi_code,
        cast(round(weights.weight * 1000000) as bigint) as weight_millionths,
        coalesce(kpi_values.is_complete, false) as is_final,
        cast(round(kpi_values.score * 10000) as bigint) as score_e4
    from members
    inner join periods
        on
            members.period_grain = periods.period_grain
            and members.period_start = periods.period_start
    inner join weights
        on
            members.scope_type = weights.scope_type
            and periods.period_end >= weights.valid_from
            and periods.period_end < weights.valid_to
    left join kpi_values
        on
            members.scope_type = kpi_values.scope_type
            and members.scope_key = kpi_values.scope_key
            and members.period_grain = kpi_values.period_grain
            and members.period_start = kpi_values.period_start
            and weights.kpi_code = kpi_values.kpi_code
)

select * from final
