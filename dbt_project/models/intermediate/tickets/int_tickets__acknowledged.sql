with clocks as (
    select * from {{ ref("int_tickets__clocks") }}
),

days as (
    select * from {{ ref("int_calendars__working_days") }}
),

calendars as (
    select
        calendar_code,
        time_zone
    from {{ ref("business_calendars") }}
),

created as (
    select
        clocks.ticket_id,
        clocks.calendar_code,
        clocks.acknowledged_at,
        clocks.acknowledgement_working_days,
        clocks.reporting_time_zone,
        {{ local_date("clocks.created_at", "calendars.time_zone") }} as created_on
    from clocks
    inner join calendars
        on clocks.calendar_code = calendars.calendar_code
),

-- The day of the request does not count. Materialised: planned as one, the two joins below become
-- every ticket with every day of its calendar.
numbered as materialized (
    select
        created.ticket_id,
        created.calendar_code,
        created.reporting_time_zone,
        days.working_day_number + created.acknowledgement_working_days as due_day_number
    from created
    inner join days
        on
            created.calendar_code = days.calendar_code
            and created.created_on = days.local_date
),

-- The last of the working days counts to its close.
final as (
    select
        numbered.ticket_id,
        days.closes_at as acknowledgement_due_at,
        {{ local_date("days.closes_at", "numbered.reporting_time_zone") }}
            as acknowledgement_due_date
    from numbered
    inner join days
        on
            numbered.calendar_code = days.calendar_code
            and numbered.due_day_number = days.working_day_number
            and days.closes_at is not null
)

select * from final
