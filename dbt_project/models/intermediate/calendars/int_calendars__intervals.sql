{{ config(materialized="table") }}

with shifts as (
    select * from {{ ref("int_calendars__shifts") }}
),

-- A shift and the rest behind it, up to the next shift.
spans as (
    select
        calendar_code,
        work_date,
        starts_at as from_at,
        ends_at as until_at,
        true as is_working
    from shifts
    union all
    select
        calendar_code,
        work_date,
        ends_at as from_at,
        lead(starts_at) over (partition by calendar_code order by starts_at) as until_at,
        false as is_working
    from shifts
),

-- Within one UTC day, so that a stamp finds its interval by calendar and day.
days as (
    select
        *,
        cast({{ each_day("cast(from_at as date)", "cast(until_at as date)") }} as date) as utc_day
    from spans
    where until_at > from_at
),

split as (
    select
        calendar_code,
        work_date,
        is_working,
        utc_day,
        greatest(from_at, cast(utc_day as timestamp)) as from_at,
        least(until_at, cast(utc_day + 1 as timestamp)) as until_at
    from days
),

measured as (
    select
        *,
        case when is_working then {{ seconds_between("from_at", "until_at") }} else 0 end
            as working_seconds
    from split
    where until_at > from_at
),

final as (
    select
        calendar_code,
        utc_day,
        from_at,
        until_at,
        is_working,
        case when is_working then work_date end as work_date,
        cast(
            sum(working_seconds) over (partition by calendar_code order by from_at)
            - working_seconds as bigint
        ) as seconds_before
    from measured
)

select * from final
