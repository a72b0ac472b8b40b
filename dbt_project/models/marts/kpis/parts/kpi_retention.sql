{%- set scopes = kpi_scopes("fct_customer_activity") -%}
with activity as (
    select
        customer_id,
        {{ kpi_scope_keys(scopes) }},
        active_from_on,
        active_until_on,
        run_from_on,
        is_run_end,
        next_active_from_on
    from {{ ref("fct_customer_activity") }}
),

builds as (
    select last_complete_date
    from {{ ref("dim_builds") }}
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

periods as (
    select
        periods.period_grain,
        periods.period_start,
        periods.period_end
    from {{ ref("dim_periods") }} as periods
    inner join builds on periods.period_start <= builds.last_complete_date
    where periods.period_grain <> 'day'
),

changes as (
    select
        {{ kpi_scope_keys(scopes) }},
        signs.change,
        case signs.change when 1 then activity.active_from_on else activity.active_until_on end
            as change_on
    from activity
    cross join (values (1), (-1)) as signs (change)
),

change_days as (
    select
        change_on,
        {{ kpi_scope_columns(scopes) }},
        sum(change) as change
    from changes
    group by {{ kpi_scope_sets(["change_on"], scopes) }}
),

members as (
    select distinct
        scope_type,
        scope_key
    from change_days
    where scope_key is not null
),

-- Period starts stand among the changes, so one running sum counts who is active at each of them.
moments as (
    select
        scope_type,
        scope_key,
        change_on,
        change,
        cast(null as varchar) as period_grain
    from change_days
    union all
    select
        members.scope_type,
        members.scope_key,
        periods.period_start as change_on,
        0 as change,
        periods.period_grain
    from members
    cross join periods
),

counted as (
    select
        scope_type,
        scope_key,
        period_grain,
        change_on as period_start,
        sum(change) over (
            partition by scope_type, scope_key
            order by change_on range unbounded preceding
        ) as active
    from moments
),

-- Of a customer's runs that end in a period the first tells who was there at its start, and what
-- follows the last who is there again at its end: two dates, whatever lies between.
ended as (
    select
        activity.customer_id,
        period_days.period_grain,
        period_days.period_start,
        min(activity.run_from_on) as first_run_from_on,
        max(coalesce(activity.next_active_from_on, date '9999-12-31')) as next_active_from_on
    from activity
    inner join period_days on activity.active_until_on - 1 = period_days.date_day
    inner join builds on activity.active_until_on - 1 <= builds.last_complete_date
    where activity.is_run_end
    group by activity.customer_id, period_days.period_grain, period_days.period_start
),

lost as (
    select
        ended.period_grain,
        ended.period_start,
        {{ kpi_scope_columns(scopes) }},
        count(*) as lost
    from ended
    inner join periods
        on ended.period_grain = periods.period_grain and ended.period_start = periods.period_start
    inner join activity
        on
            ended.customer_id = activity.customer_id
            and ended.period_start >= activity.active_from_on
            and ended.period_start < activity.active_until_on
    where
        ended.first_run_from_on <= ended.period_start
        and ended.next_active_from_on > periods.period_end + 1
    group by {{ kpi_scope_sets(["ended.period_grain", "ended.period_start"], scopes) }}
),

based as (
    select
        counted.scope_type,
        counted.scope_key,
        counted.period_grain,
        counted.period_start,
        counted.active,
        coalesce(lost.lost, 0) as lost
    from counted
    left join lost
        on
            counted.scope_type = lost.scope_type
            and counted.scope_key = lost.scope_key
            and counted.period_grain = lost.period_grain
            and counted.period_start = lost.period_start
    where counted.period_grain is not null and counted.active > 0
),

final as (
    select
        kpis.kpi_code,
        based.period_grain,
        based.period_start,
        based.scope_type,
        based.scope_key,
        cast(based.active * kpis.kept + based.lost * kpis.sign as decimal(38, 6)) as numerator,
        cast(based.active as decimal(38, 6)) as denominator,
        cast(based.active as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from based
    cross join (
        values ('retention_rate', 1, -1), ('churn_rate', 0, 1)
    ) as kpis (kpi_code, kept, sign)
)

select * from final
