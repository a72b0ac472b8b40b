{%- set scopes = kpi_scopes("fct_tickets") -%}
with contacts as (
    select
        received_date as contact_date,
        {{ kpi_scope_keys(scopes) }},
        1 as complaints,
        0 as tickets
    from {{ ref("fct_complaints") }}
    where received_date is not null
    union all
    select
        created_date as contact_date,
        {{ kpi_scope_keys(scopes) }},
        0 as complaints,
        1 as tickets
    from {{ ref("fct_tickets") }}
    where created_date is not null and is_counted
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
),

days as (
    select
        contact_date,
        {{ kpi_scope_columns(scopes) }},
        sum(complaints) as complaints,
        sum(tickets) as tickets
    from contacts
    group by {{ kpi_scope_sets(["contact_date"], scopes) }}
),

final as (
    select
        'complaint_rate' as kpi_code,
        period_days.period_grain,
        period_days.period_start,
        days.scope_type,
        days.scope_key,
        cast(sum(days.complaints) as decimal(38, 6)) as numerator,
        cast(sum(days.tickets) as decimal(38, 6)) as denominator,
        cast(sum(days.tickets) as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from days
    inner join period_days on days.contact_date = period_days.date_day
    where
        {{ kpi_scope_has_period("days.scope_type", "days.scope_key", "period_days.period_grain") }}
    group by
        period_days.period_grain, period_days.period_start, days.scope_type, days.scope_key
)

select * from final
