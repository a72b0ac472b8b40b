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

-- The day of the request does not count; the last of the working days counts to its close.
final as (
    select
        created.ticket_id,
        closing.closes_at as acknowledgement_due_at,
        {{ local_date("closing.closes_at", "created.reporting_time_zone") }}
            as acknowledgement_due_date
    from created
    inner join days as opening
        on
            created.calendar_code = opening.calendar_code
            and created.created_on = opening.local_date
    inner join days as closing
        on
            created.calendar_code = closing.calendar_code
            and opening.working_day_number + created.acknowledgement_working_days
            = closing.working_day_number
            and closing.closes_at is not null
)

select * from final
