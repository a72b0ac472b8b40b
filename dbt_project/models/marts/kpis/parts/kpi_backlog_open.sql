{%- set scopes = ["department", "team", "agent", "channel"] -%}
with backlog as (
    select
        backlog_date,
        department_key,
        team_key,
        agent_id,
        channel_key,
        open_tickets
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
        sum(open_tickets) as open_tickets
    from backlog
    group by {{ kpi_scope_sets(["backlog_date"], scopes) }}
),

-- A scope that had a backlog in the period and none at its end has a backlog of 0, which is known.
final as (
    select
        'backlog_open' as kpi_code,
        closings.period_grain,
        closings.period_start,
        days.scope_type,
        days.scope_key,
        cast(coalesce(
            sum(days.open_tickets) filter (where days.backlog_date = closings.closing_date), 0
        ) as decimal(38, 6)) as numerator,
        cast(1 as decimal(38, 6)) as denominator,
        cast(coalesce(
            sum(days.open_tickets) filter (where days.backlog_date = closings.closing_date), 0
        ) as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
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
)

select * from final
