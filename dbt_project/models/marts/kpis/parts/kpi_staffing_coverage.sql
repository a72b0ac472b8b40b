{%- set scopes = kpi_scopes("fct_staffing_requirements") -%}
with minutes as (
    select
        required_date as work_date,
        {{ kpi_scope_keys(scopes) }},
        compared_minutes as required_minutes,
        0 as staffed_minutes,
        1 as row_count
    from {{ ref("fct_staffing_requirements") }}
    where compared_minutes is not null
    union all
    select
        shift_date as work_date,
        {{ kpi_scope_keys(scopes) }},
        0 as required_minutes,
        compared_minutes as staffed_minutes,
        0 as row_count
    from {{ ref("fct_staffing_shifts") }}
    where compared_minutes is not null
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
        work_date,
        {{ kpi_scope_columns(scopes) }},
        sum(staffed_minutes) as staffed_minutes,
        sum(required_minutes) as required_minutes,
        sum(row_count) as row_count
    from minutes
    group by {{ kpi_scope_sets(["work_date"], scopes) }}
),

final as (
    select
        'staffing_coverage' as kpi_code,
        period_days.period_grain,
        period_days.period_start,
        days.scope_type,
        days.scope_key,
        cast(sum(days.staffed_minutes) as decimal(38, 6)) as numerator,
        cast(sum(days.required_minutes) as decimal(38, 6)) as denominator,
        cast(sum(days.row_count) as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from days
    inner join period_days on days.work_date = period_days.date_day
    where
        {{ kpi_scope_has_period("days.scope_type", "days.scope_key", "period_days.period_grain") }}
    group by
        period_days.period_grain, period_days.period_start, days.scope_type, days.scope_key
)

select * from final
