with dates as (
    select
        date_day,
        week_start,
        month_start,
        quarter_start,
        half_year_start,
        year_start
    from {{ ref("dim_dates") }}
),

grains as (
    select grains.period_grain
    from
        (values ('day'), ('week'), ('month'), ('quarter'), ('half_year'), ('year'))
            as grains (period_grain)
),

final as (
    select
        dates.date_day,
        grains.period_grain,
        case grains.period_grain
            when 'day' then dates.date_day
            when 'week' then dates.week_start
            when 'month' then dates.month_start
            when 'quarter' then dates.quarter_start
            when 'half_year' then dates.half_year_start
            when 'year' then dates.year_start
        end as period_start
    from dates
    cross join grains
)

select * from final
