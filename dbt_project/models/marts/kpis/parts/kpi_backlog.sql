with change_days as (
    select
        source_system,
        change_on,
        scope_type,
        scope_key,
        open_change,
        left_change,
        breached_change,
        created_change
    from {{ ref("kpi_backlog_changes") }}
),

sources as (
    select
        source_system,
        data_until,
        data_until_date
    from {{ ref("dim_sources") }}
),

members as (
    select
        scope_type,
        scope_key,
        source_system,
        min(change_on) as first_date
    from change_days
    group by scope_type, scope_key, source_system
),

covered as (
    select
        min(members.first_date) as first_date,
        max(sources.data_until_date) as last_date
    from members
    inner join sources
        on members.source_system = sources.source_system
),

-- A running period closes, for now, where the build's data end.
closings as (
    select
        periods.period_grain,
        periods.period_start,
        least(periods.period_end, builds.as_of_date) as closing_date,
        {{ local_to_utc(
            "cast(least(periods.period_end, builds.as_of_date) + 1 as timestamp)",
            "builds.reporting_time_zone",
        ) }} as ends_at
    from {{ ref("dim_periods") }} as periods
    cross join {{ ref("dim_builds") }} as builds
    inner join covered
        on
            covered.first_date <= least(periods.period_end, builds.as_of_date)
            and covered.last_date >= least(periods.period_end, builds.as_of_date)
),

-- First days and closings stand among the changes, so running sums tell how things stood at each.
moments as (
    select
        scope_type,
        scope_key,
        source_system,
        change_on,
        open_change,
        left_change,
        breached_change,
        created_change,
        cast(null as varchar) as period_grain,
        cast(null as date) as period_start,
        cast(null as boolean) as is_closing
    from change_days
    union all
    select
        members.scope_type,
        members.scope_key,
        members.source_system,
        case when ends.is_closing then closings.closing_date else closings.period_start end
            as change_on,
        0 as open_change,
        0 as left_change,
        0 as breached_change,
        0 as created_change,
        closings.period_grain,
        closings.period_start,
        ends.is_closing
    from members
    inner join closings
        on members.first_date <= closings.closing_date
    cross join (values (true), (false)) as ends (is_closing)
    where
        {{ kpi_scope_has_period(
            "members.scope_type", "members.scope_key", "closings.period_grain"
        ) }}
),

standing as (
    select
        scope_type,
        scope_key,
        source_system,
        period_grain,
        period_start,
        is_closing,
        sum(open_change) over until_then as open_tickets,
        sum(left_change) over until_then as left_tickets,
        sum(breached_change) over until_then as breached_tickets,
        sum(created_change) over until_then as created_seconds
    from moments
    window until_then as (
        partition by scope_type, scope_key, source_system
        order by change_on range unbounded preceding
    )
),

-- Who had a backlog in the period and none at its end has a backlog of 0, which is known.
closed as (
    select
        standing.period_grain,
        standing.period_start,
        standing.scope_type,
        standing.scope_key,
        sum(standing.open_tickets) filter (where standing.is_closing) as open_tickets,
        sum(standing.breached_tickets) filter (where standing.is_closing) as breached_tickets,
        sum(
            standing.open_tickets * {{ seconds_between(
                "timestamp '1970-01-01'", "least(closings.ends_at, sources.data_until)"
            ) }} - standing.created_seconds
        ) filter (where standing.is_closing) as age_seconds
    from standing
    inner join closings
        on
            standing.period_grain = closings.period_grain
            and standing.period_start = closings.period_start
    inner join sources
        on standing.source_system = sources.source_system
    group by
        standing.period_grain, standing.period_start, standing.scope_type, standing.scope_key
    having
        sum(standing.open_tickets + standing.left_tickets) filter (where standing.is_closing)
        > sum(standing.left_tickets) filter (where not standing.is_closing)
),

measures as (
    select
        closed.*,
        kpis.kpi_code,
        case kpis.kpi_code
            when 'backlog_open' then closed.open_tickets
            when 'backlog_breached' then closed.breached_tickets
            else closed.age_seconds
        end as numerator,
        case kpis.kpi_code when 'backlog_age_hours' then closed.open_tickets else 1 end
            as denominator,
        case kpis.kpi_code
            when 'backlog_breached' then closed.breached_tickets
            else closed.open_tickets
        end as n
    from closed
    cross join (
        values ('backlog_open'), ('backlog_breached'), ('backlog_age_hours')
    ) as kpis (kpi_code)
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
        cast(n as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from measures
    where denominator > 0
)

select * from final
