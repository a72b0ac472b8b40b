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
        direction,
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

measured as (
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
            when kpis.direction = 'up' and estimates.value >= targets.target then 'green'
            when kpis.direction = 'up' and estimates.value >= targets.warning then 'amber'
            when kpis.direction = 'down' and estimates.value <= targets.target then 'green'
            when kpis.direction = 'down' and estimates.value <= targets.warning then 'amber'
            else 'red'
        end as status,
        -- `greatest` and `least` skip nulls: a value that is none would stand at one of its bounds.
        case
            when estimates.value is not null
                then
                    100 * (
                        least(greatest(estimates.value, targets.lowest), targets.highest)
                        - targets.floor
                    )
        end as reached,
        targets.target - targets.floor as wanted,
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
),

-- Outside a condition the engine works out the repeated parts of a quotient once.
final as (
    select
        kpi_code,
        formula_version,
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
        is_suppressed,
        target,
        status,
        cast({{ exact_ratio("reached", "wanted", digits=4) }} as decimal(9, 4)) as score,
        is_complete,
        build_id
    from measured
)

select * from final
