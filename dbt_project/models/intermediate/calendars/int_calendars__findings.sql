with calendars as (
    select * from {{ ref("business_calendars") }}
),

shifts as (
    select
        *,
        concat_ws(' ', calendar_code, weekday, starts) as row_key
    from {{ ref("calendar_shifts") }}
),

overrides as (
    select
        *,
        concat_ws(' ', calendar_code, override_date, starts) as row_key
    from {{ ref("calendar_overrides") }}
),

assignments as (
    select
        *,
        concat_ws(' ', source_system, department_key) as row_key
    from {{ ref("calendar_assignments") }}
),

years as (
    select distinct
        calendar_code,
        holiday_region,
        extract(year from cast({{ each_day("valid_from", "valid_to - 1") }} as date))
            as holiday_year
    from calendars
    where holiday_region is not null
),

known_years as (
    select distinct
        holiday_region,
        extract(year from holiday_date) as holiday_year
    from {{ ref("holidays") }}
),

final as (
    select
        'business_calendars' as seed,
        years.calendar_code as row_key,
        'a calendar without the year' as rule,
        concat_ws(' ', 'no holidays of', years.holiday_region, 'in', years.holiday_year) as detail
    from years
    left join known_years
        on
            years.holiday_region = known_years.holiday_region
            and years.holiday_year = known_years.holiday_year
    where known_years.holiday_year is null
    union all
    select
        'business_calendars' as seed,
        calendar_code as row_key,
        'a calendar says how far it knows the days' as rule,
        'valid_to is empty' as detail
    from calendars
    where valid_to is null
    union all
    select
        'business_calendars' as seed,
        calendar_code as row_key,
        'a calendar stands once' as rule,
        concat_ws(' ', count(*), 'rows') as detail
    from calendars
    group by calendar_code
    having count(*) > 1
    union all
    select
        'calendar_shifts' as seed,
        row_key,
        'a schedule with end before start' as rule,
        concat_ws(' ', starts, 'to', ends, 'is not the span of one day or night') as detail
    from shifts
    where
        (not is_overnight and ends <= starts)
        or (is_overnight and ends > starts)
        or not regexp_matches(starts, '^([01][0-9]|2[0-3]):[0-5][0-9]$')
        or not regexp_matches(ends, '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$')
    union all
    select
        'calendar_shifts' as seed,
        shifts.row_key,
        'a shift of an unknown calendar or weekday' as rule,
        concat_ws(' ', 'weekday', shifts.weekday) as detail
    from shifts
    left join calendars
        on shifts.calendar_code = calendars.calendar_code
    where calendars.calendar_code is null or shifts.weekday not between 1 and 7
    union all
    select
        'calendar_overrides' as seed,
        overrides.row_key,
        'an override says how the day is worked' as rule,
        concat_ws(' ', overrides.kind, overrides.starts, overrides.ends) as detail
    from overrides
    left join calendars
        on overrides.calendar_code = calendars.calendar_code
    where
        calendars.calendar_code is null
        or overrides.kind not in ('closed', 'half_day', 'open', 'custom')
        or overrides.override_date < calendars.valid_from
        or overrides.override_date >= calendars.valid_to
        or (
            overrides.kind in ('half_day', 'custom')
            and coalesce(overrides.ends <= overrides.starts, true)
        )
    union all
    select
        'calendar_overrides' as seed,
        concat_ws(' ', calendar_code, override_date) as row_key,
        'only custom overrides of a date may be several' as rule,
        string_agg(kind, ', ' order by kind) as detail
    from overrides
    group by calendar_code, override_date
    having count(*) > 1 and min(kind) || max(kind) <> 'customcustom'
    union all
    select
        'calendar_assignments' as seed,
        assignments.row_key,
        'an assignment names a calendar once' as rule,
        assignments.calendar_code as detail
    from assignments
    left join calendars
        on assignments.calendar_code = calendars.calendar_code
    where
        calendars.calendar_code is null
        or (
            select count(*) from assignments as other
            where other.row_key = assignments.row_key
        ) > 1
)

select * from final
