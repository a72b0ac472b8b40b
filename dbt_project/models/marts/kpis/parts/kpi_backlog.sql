{%- set scopes = ["department", "team", "agent", "channel"] -%}
with backlog as (
    select
        backlog_date,
        department_key,
        team_key,
        agent_id,
        channel_key,
        open_tickets,
        breached_tickets,
        age_seconds
    from {{ ref("fct_backlog_daily") }}
),

builds as (
    select as_of_date
    from {{ ref("dim_builds") }}
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
),

covered as (
    select
        min(backlog_date) as first_date,
        max(backlog_date) as last_date
    from backlog
),

-- A running period closes, for now, where the build's data end.
closings as (
    select
        periods.period_grain,
        periods.period_start,
        least(periods.period_end, builds.as_of_date) as closing_date
    from {{ ref("dim_periods") }} as periods
    cross join builds
),

days as (
    select
        backlog_date,
        {{ kpi_scope_columns(scopes) }},
        sum(open_tickets) as open_tickets,
        sum(breached_tickets) as breached_tickets,
        sum(age_seconds) as age_seconds
    from backlog
    group by {{ kpi_scope_sets(["backlog_date"], scopes) }}
),

-- A scope that had a backlog in the period and none at its end has a backlog of 0, which is known.
closed as (
    select
        closings.period_grain,
        closings.period_start,
        days.scope_type,
        days.scope_key,
        coalesce(sum(days.open_tickets) filter (where closings.closing_date = days.backlog_date), 0)
            as open_tickets,
        coalesce(
            sum(days.breached_tickets) filter (where closings.closing_date = days.backlog_date), 0
        ) as breached_tickets,
        coalesce(sum(days.age_seconds) filter (where closings.closing_date = days.backlog_date), 0)
            as age_seconds
    from days
    inner join period_days on days.backlog_date = period_days.date_day
    inner join closings
        on
            period_days.period_grain = closings.period_grain
            and period_days.period_start = closings.period_start
    inner join covered
        on closings.closing_date between covered.first_date and covered.last_date
    group by
        closings.period_grain, closings.period_start, days.scope_type, days.scope_key
),

measures as (
    select
        'backlog_open' as kpi_code,
        *,
        open_tickets as numerator,
        1 as denominator,
        open_tickets as counted_tickets
    from closed
    union all
    select
        'backlog_breached' as kpi_code,
        *,
        breached_tickets as numerator,
        1 as denominator,
        breached_tickets as counted_tickets
    from closed
    union all
    select
        'backlog_age_hours' as kpi_code,
        *,
        age_seconds as numerator,
        open_tickets as denominator,
        open_tickets as counted_tickets
    from closed
    where open_tickets > 0
),

final as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(numerator as decimal(38, 6)) as numerator,
        cast(denominator as decimal(38, 6)) as denominator,
        cast(counted_tickets as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from measures
)

select * from final
