with sources as (
    select
        source_system,
        data_until
    from {{ ref("dim_sources") }}
    where has_landed and data_from is not null
),

builds as (
    select
        as_of,
        as_of_date
    from {{ ref("dim_builds") }}
),

periods as (
    select
        period_days.period_grain,
        period_days.period_start
    from {{ ref("kpi_period_days") }} as period_days
    inner join builds on period_days.date_day = builds.as_of_date
),

ages as (
    select
        sources.source_system,
        greatest({{ seconds_between("sources.data_until", "builds.as_of") }}, 0) as age_seconds
    from sources
    cross join builds
),

scopes as (
    select
        'source' as scope_type,
        source_system as scope_key,
        age_seconds
    from ages
    union all
    select
        'organisation' as scope_type,
        'all' as scope_key,
        min(age_seconds) as age_seconds
    from ages
    having count(*) > 0
),

final as (
    select
        'data_freshness_minutes' as kpi_code,
        periods.period_grain,
        periods.period_start,
        scopes.scope_type,
        scopes.scope_key,
        cast(scopes.age_seconds as decimal(38, 6)) as numerator,
        cast(1 as decimal(38, 6)) as denominator,
        cast(1 as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from scopes
    cross join periods
    where
        {{ kpi_scope_has_period("scopes.scope_type", "scopes.scope_key", "periods.period_grain") }}
)

select * from final
