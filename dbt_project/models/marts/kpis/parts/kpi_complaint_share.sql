{%- set scopes = ["complaint_type", "department", "root_cause"] -%}
with complaints as (
    select
        received_date,
        {{ kpi_scope_keys(scopes) }}
    from {{ ref("fct_complaints") }}
    where received_date is not null
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

counted as (
    select
        period_days.period_grain,
        period_days.period_start,
        {{ kpi_scope_columns(scopes) }},
        count(*) as complaints
    from complaints
    inner join period_days on complaints.received_date = period_days.date_day
    group by {{ kpi_scope_sets(["period_grain", "period_start"], scopes) }}
),

-- A member's share of all complaints: the organisation has none of itself.
final as (
    select
        'complaint_share' as kpi_code,
        members.period_grain,
        members.period_start,
        members.scope_type,
        members.scope_key,
        cast(members.complaints as decimal(38, 6)) as numerator,
        cast(whole.complaints as decimal(38, 6)) as denominator,
        cast(whole.complaints as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from counted as members
    inner join counted as whole
        on
            members.period_grain = whole.period_grain
            and members.period_start = whole.period_start
            and whole.scope_type = 'organisation'
    where members.scope_type <> 'organisation' and members.scope_key is not null
)

select * from final
