{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_id",
    column="ticket_id"
) }}

with events as (
    select * from {{ touched(ref("int_ticket_events__ordered")) }}
),

tickets as (
    select * from {{ touched(ref("int_tickets__positions")) }}
),

clocked as (
    select
        events.ticket_id,
        tickets.calendar_code,
        events.event_number,
        events.event_type,
        events.actor_type,
        events.event_at,
        events.to_value
    from events
    inner join tickets
        on events.ticket_id = tickets.ticket_id
    where
        events.event_type in (
            'replied', 'customer_replied', 'waiting_started', 'waiting_ended', 'resolved',
            'reopened', 'closed'
        )
),

final as (
    {{ business_positions("clocked", ["event_at"]) }}
)

select * from final
