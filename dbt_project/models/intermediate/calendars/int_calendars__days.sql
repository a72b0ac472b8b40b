with calendars as (
    select
        calendar_code,
        time_zone,
        holiday_region,
        make_up_weekday,
        valid_from,
        valid_to
    from {{ ref("business_calendars") }}
),

holidays as (
    select * from {{ ref("holidays") }}
),

overrides as (
    select
        calendar_code,
        override_date,
        min(kind) as kind,
        min({{ minutes_of_day("starts") }}) as start_minute,
        max({{ minutes_of_day("ends") }}) as end_minute,
        min(like_weekday) as like_weekday
    from {{ ref("calendar_overrides") }}
    group by calendar_code, override_date
),

-- The night shift of the day before the first day still reaches into it.
days as (
    select
        *,
        cast({{ each_day("valid_from - 1", "valid_to - 1") }} as date) as work_date
    from calendars
),

final as (
    select
        days.calendar_code,
        days.time_zone,
        days.valid_from,
        days.valid_to,
        days.work_date,
        case
            when overrides.kind in ('closed', 'custom') then null
            when overrides.kind = 'open'
                then coalesce(overrides.like_weekday, days.make_up_weekday)
            when overrides.kind = 'half_day' then extract(isodow from days.work_date)
            when holidays.kind = 'public' then null
            when holidays.kind = 'make_up' then days.make_up_weekday
            else extract(isodow from days.work_date)
        end as shift_weekday,
        case when overrides.kind = 'half_day' then overrides.start_minute end as earliest_minute,
        case when overrides.kind = 'half_day' then overrides.end_minute end as latest_minute
    from days
    left join overrides
        on
            days.calendar_code = overrides.calendar_code
            and days.work_date = overrides.override_date
    left join holidays
        on
            days.holiday_region = holidays.holiday_region
            and days.work_date = holidays.holiday_date
)

select * from final
