{%- set scopes = kpi_scopes("fct_staffing_requirements") -%}
with requirements as (
    select
        required_date as work_date,
        {{ kpi_scope_keys(scopes) }},
        required_minutes
    from {{ ref("fct_staffing_requirements") }}
    where required_minutes > 0
),

shifts as (
    select
        shift_date as work_date,
        {{ kpi_scope_keys(scopes) }},
        staffed_minutes
    from {{ ref("fct_staffing_shifts") }}
    where staffed_minutes is not null
),

covered as (
    select
        min(work_date) as first_date,
        max(work_date) as last_date
    from shifts
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
),

-- Outside the days of the shifts nobody knows who was there; a team for which nothing was required
-- on a day is not compared.
minutes as (
    select
        requirements.*,
        0 as staffed_minutes,
        1 as row_count
    from requirements
    inner join covered
        on requirements.work_date between covered.first_date and covered.last_date
    union all
    select
        work_date,
        {{ kpi_scope_keys(scopes) }},
        0 as required_minutes,
        staffed_minutes,
        0 as row_count
    from shifts
    where
        exists (
            select 1 as found
            from requirements
            where
                requirements.work_date = shifts.work_date
                and requirements.team_key = shifts.team_key
        )
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
