with days as (
    select * from {{ ref("int_calendars__days") }}
),

shifts as (
    select
        calendar_code,
        weekday,
        valid_from,
        valid_to,
        {{ minutes_of_day("starts") }} as start_minute,
        {{ minutes_of_day("ends") }} + case when is_overnight then 1440 else 0 end as end_minute
    from {{ ref("calendar_shifts") }}
),

custom as (
    select
        calendar_code,
        override_date,
        {{ minutes_of_day("starts") }} as start_minute,
        {{ minutes_of_day("ends") }} as end_minute
    from {{ ref("calendar_overrides") }}
    where kind = 'custom'
),

worked as (
    select
        days.calendar_code,
        days.time_zone,
        days.work_date,
        greatest(shifts.start_minute, days.earliest_minute) as start_minute,
        least(shifts.end_minute, days.latest_minute) as end_minute,
        false as is_bound
    from days
    inner join shifts
        on
            days.calendar_code = shifts.calendar_code
            and days.shift_weekday = shifts.weekday
            and days.work_date >= shifts.valid_from
            and (shifts.valid_to is null or days.work_date < shifts.valid_to)
    union all
    select
        days.calendar_code,
        days.time_zone,
        days.work_date,
        custom.start_minute,
        custom.end_minute,
        false as is_bound
    from days
    inner join custom
        on
            days.calendar_code = custom.calendar_code
            and days.work_date = custom.override_date
    union all
    -- The ends of the calendar, without length: before and after them nothing is known.
    select
        days.calendar_code,
        days.time_zone,
        greatest(days.work_date, days.valid_from) as work_date,
        case when days.work_date < days.valid_from then 0 else 1440 end as start_minute,
        case when days.work_date < days.valid_from then 0 else 1440 end as end_minute,
        true as is_bound
    from days
    where days.work_date < days.valid_from or days.work_date = days.valid_to - 1
),

local_stamps as (
    select
        calendar_code,
        time_zone,
        work_date,
        is_bound,
        {{ dbt.dateadd("minute", "start_minute", "cast(work_date as timestamp)") }} as local_start,
        {{ dbt.dateadd("minute", "end_minute", "cast(work_date as timestamp)") }} as local_end
    from worked
    where end_minute > start_minute or is_bound
),

final as (
    select
        calendar_code,
        work_date,
        is_bound,
        {{ local_to_utc("local_start", "time_zone") }} as starts_at,
        {{ local_to_utc("local_end", "time_zone") }} as ends_at
    from local_stamps
)

select * from final
