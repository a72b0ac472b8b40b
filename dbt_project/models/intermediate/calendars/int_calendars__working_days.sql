with days as (
    select * from {{ ref("int_calendars__days") }}
),

worked as (
    select
        calendar_code,
        work_date,
        max(until_at) as closes_at
    from {{ ref("int_calendars__intervals") }}
    where is_working
    group by calendar_code, work_date
),

final as (
    select
        days.calendar_code,
        days.work_date as local_date,
        days.time_zone,
        worked.closes_at,
        count(worked.work_date) over (
            partition by days.calendar_code order by days.work_date
        ) as working_day_number
    from days
    left join worked
        on
            days.calendar_code = worked.calendar_code
            and days.work_date = worked.work_date
)

select * from final
