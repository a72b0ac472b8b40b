with estimates as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        numerator,
        denominator,
        n,
        value,
        low,
        high,
        is_suppressed
    from {{ ref("kpi_estimates") }}
),

periods as (
    select
        period_grain,
        period_start,
        period_end
    from {{ ref("dim_periods") }}
),

kpis as (
    select
        kpi_code,
        formula_version,
        case direction when 'up' then 1 else -1 end as sign,
        maturity_days
    from {{ ref("dim_kpi") }}
),

targets as (
    select
        kpi_code,
        scope_type,
        scope_key,
        from_date,
        before_date,
        target,
        warning,
        floor,
        least(target, floor) as lowest,
        greatest(target, floor) as highest
    from {{ ref("kpi_targets_in_force") }}
),

builds as (
    select
        build_id,
        last_complete_date
    from {{ ref("dim_builds") }}
),

final as (
    select
        estimates.kpi_code,
        kpis.formula_version,
        estimates.period_grain,
        estimates.period_start,
        estimates.scope_type,
        estimates.scope_key,
        estimates.numerator,
        estimates.denominator,
        estimates.n,
        estimates.value,
        estimates.low,
        estimates.high,
        estimates.is_suppressed,
        targets.target,
        case
            when estimates.value is null then 'n/a'
            when targets.target is null then 'no target'
            when (estimates.value - targets.target) * kpis.sign >= 0 then 'green'
            when (estimates.value - targets.warning) * kpis.sign >= 0 then 'amber'
            else 'red'
        end as status,
        case
            when estimates.value is not null and targets.target is not null
                then
                    cast({{ exact_ratio(
                        "(100 * (least(greatest(estimates.value, targets.lowest), targets.highest)"
                        ~ " - targets.floor))",
                        "(targets.target - targets.floor)",
                        digits=4
                    ) }} as decimal(9, 4))
        end as score,
        periods.period_end + cast(kpis.maturity_days as integer) <= builds.last_complete_date
            as is_complete,
        builds.build_id
    from estimates
    inner join kpis on estimates.kpi_code = kpis.kpi_code
    inner join periods
        on
            estimates.period_grain = periods.period_grain
            and estimates.period_start = periods.period_start
    cross join builds
    left join targets
        on
            estimates.kpi_code = targets.kpi_code
            and estimates.scope_type = targets.scope_type
            and estimates.scope_key = targets.scope_key
            and periods.period_end >= targets.from_date
            and periods.period_end < targets.before_date
)

select * from final
