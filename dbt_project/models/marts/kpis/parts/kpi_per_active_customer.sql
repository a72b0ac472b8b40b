{%- set scopes = kpi_scopes("fct_customer_activity") -%}
with bases as (
    select
        period_grain,
        period_start,
        scope_type,
        scope_key,
        denominator as active
    from {{ ref("kpi_retention") }}
    where kpi_code = 'retention_rate'
),

warm_ups as (
    select distinct
        base_begins_on,
        base_known_from_on
    from {{ ref("fct_customer_activity") }}
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

events as (
    select
        ordered_date as event_date,
        {{ kpi_scope_keys(scopes) }},
        1 as orders,
        0 as complaints
    from {{ ref("fct_orders") }}
    where is_purchase and ordered_date is not null
    union all
    select
        received_date as event_date,
        {{ kpi_scope_keys(scopes) }},
        0 as orders,
        1 as complaints
    from {{ ref("fct_complaints") }}
    where received_date is not null
),

days as (
    select
        event_date,
        {{ kpi_scope_columns(scopes) }},
        sum(orders) as orders,
        sum(complaints) as complaints
    from events
    group by {{ kpi_scope_sets(["event_date"], scopes) }}
),

-- A feed that does not reach a period says nothing about it; within its reach no event is 0.
feeds as (
    select
        'orders_per_active_customer' as kpi_code,
        min(event_date) as feed_from,
        max(event_date) as feed_until
    from days
    where orders > 0
    union all
    select
        'complaint_rate_customers' as kpi_code,
        min(event_date) as feed_from,
        max(event_date) as feed_until
    from days
    where complaints > 0
),

happened as (
    select
        period_days.period_grain,
        period_days.period_start,
        days.scope_type,
        days.scope_key,
        sum(days.orders) as orders,
        sum(days.complaints) as complaints
    from days
    inner join period_days on days.event_date = period_days.date_day
    group by
        period_days.period_grain, period_days.period_start, days.scope_type, days.scope_key
),

-- While a source's data are younger than its rule, its active customers are not all known yet.
known as (
    select
        period_grain,
        period_start,
        scope_type,
        scope_key,
        active
    from bases
    where
        not exists (
            select 1
            from warm_ups
            where
                bases.period_start >= warm_ups.base_begins_on
                and bases.period_start < warm_ups.base_known_from_on
        )
),

final as (
    select
        feeds.kpi_code,
        known.period_grain,
        known.period_start,
        known.scope_type,
        known.scope_key,
        cast(coalesce(
            case feeds.kpi_code
                when 'orders_per_active_customer' then happened.orders
                else happened.complaints
            end, 0
        ) as decimal(38, 6)) as numerator,
        cast(known.active as decimal(38, 6)) as denominator,
        cast(known.active as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from known
    left join happened
        on
            known.period_grain = happened.period_grain
            and known.period_start = happened.period_start
            and known.scope_type = happened.scope_type
            and known.scope_key = happened.scope_key
    inner join feeds
        on known.period_start between feeds.feed_from and feeds.feed_until
)

select * from final
