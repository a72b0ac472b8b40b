-- Outside its years a calendar knows nothing: extend it, no stamp counts as zero working time.
with stamps as (
    select
        calendar_code,
        created_at as stamp,
        created_at_position as position_of_stamp
    from {{ ref("int_tickets__positions") }}
    union all
    select
        calendar_code,
        first_response_at as stamp,
        first_response_at_position as position_of_stamp
    from {{ ref("int_tickets__positions") }}
    union all
    select
        calendar_code,
        clock_ends_at as stamp,
        clock_ends_at_position as position_of_stamp
    from {{ ref("int_tickets__positions") }}
    union all
    select
        calendar_code,
        event_at as stamp,
        event_at_position as position_of_stamp
    from {{ ref("int_ticket_events__positioned") }}
    union all
    select
        calendar_code,
        created_at as stamp,
        null as position_of_stamp
    from {{ ref("int_tickets__clocks") }}
    where
        (first_response_due_position is not null and first_response_due_at is null)
        or (resolution_due_position is not null and resolution_due_at is null)
)

select
    calendar_code,
    cast(stamp as date) as stamp_date,
    count(*) as stamps
from stamps
where
    calendar_code is not null
    and stamp is not null
    and position_of_stamp is null
group by calendar_code, cast(stamp as date)
