{%- set scopes = ["channel"] -%}
with purchases as (
    select
        ordered_date,
        channel_key,
        customer_id
    from {{ ref("fct_orders") }}
    where ordered_date is not null and is_purchase and customer_id <> 'unknown'
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
),

-- A person counts once per period and scope, so periods cannot be added from days.
persons as (
    select
        period_days.period_grain,
        period_days.period_start,
        {{ kpi_scope_columns(scopes) }},
        count(*) as purchases
    from purchases
    inner join period_days on purchases.ordered_date = period_days.date_day
    group by {{ kpi_scope_sets(["period_grain", "period_start", "customer_id"], scopes) }}
),

final as (
    select
        'repurchase_rate' as kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(count(*) filter (where purchases >= 2) as decimal(38, 6)) as numerator,
        cast(count(*) as decimal(38, 6)) as denominator,
        count(*) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from persons
    group by period_grain, period_start, scope_type, scope_key
)

select * from final
