with sources as (
    select
        source_system,
        viewed_date,
        age_seconds
    from {{ ref("dim_sources") }}
    where age_seconds is not null
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
),

scopes as (
    select
        'source' as scope_type,
        source_system as scope_key,
        viewed_date,
        age_seconds
    from sources
    union all
    select
        'organisation' as scope_type,
        'all' as scope_key,
        viewed_date,
        min(age_seconds) as age_seconds
    from sources
    group by viewed_date
),

final as (
    select
        'data_freshness_minutes' as kpi_code,
        period_days.period_grain,
        period_days.period_start,
        scopes.scope_type,
        scopes.scope_key,
        cast(scopes.age_seconds as decimal(38, 6)) as numerator,
        cast(1 as decimal(38, 6)) as denominator,
        cast(1 as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from scopes
    inner join period_days on scopes.viewed_date = period_days.date_day
    where
        {{
            kpi_scope_has_period(
                "scopes.scope_type", "scopes.scope_key", "period_days.period_grain"
            )
        }}
)

select * from final
