with clocks as (
    select * from {{ touched(ref("int_tickets__clocks")) }}
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
        clocks.acknowledgement_working_days,
        clocks.reporting_time_zone,
        {{ local_date("clocks.created_at", "calendars.time_zone") }} as created_on
    from clocks
    inner join calendars
        on clocks.calendar_code = calendars.calendar_code
),

due as (
    {{ working_day_closes("created", "created_on", "acknowledgement_working_days") }}
),

-- The last of the working days counts to its close.
final as (
    select
        ticket_id,
        closes_at as acknowledgement_due_at,
        {{ local_date("closes_at", "reporting_time_zone") }} as acknowledgement_due_date
    from due
)

select * from final
