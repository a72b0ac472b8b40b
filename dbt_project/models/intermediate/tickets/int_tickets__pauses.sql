with events as (
    select * from {{ touched(ref("int_ticket_events__positioned")) }}
),

tickets as (
    select * from {{ touched(ref("int_tickets__positions")) }}
),

states as (
    select
        ticket_id,
        case
            when event_type <> 'waiting_started' then 'resolved'
            when coalesce(to_value, 'customer') = 'customer' then 'waiting_for_customer'
            else 'on_hold'
        end as ticket_state,
        event_type,
        event_at as starts_at,
        event_at_position as starts_position,
        lead(event_at) over history as next_at,
        lead(event_at_position) over history as next_position
    from events
    where event_type in ('waiting_started', 'waiting_ended', 'resolved', 'reopened', 'closed')
    window history as (partition by ticket_id order by event_at asc, event_number asc)
),

-- Of two stamps the later one has the later position: clipping both alike keeps them together.
clipped as (
    select
        states.ticket_id,
        states.ticket_state,
        greatest(states.starts_at, tickets.created_at) as starts_at,
        least(coalesce(states.next_at, tickets.clock_ends_at), tickets.clock_ends_at) as ends_at,
        greatest(states.starts_position, tickets.created_at_position) as starts_position,
        least(
            coalesce(states.next_position, tickets.clock_ends_at_position),
            tickets.clock_ends_at_position
        ) as ends_position
    from states
    inner join tickets
        on states.ticket_id = tickets.ticket_id
    where states.event_type in ('waiting_started', 'resolved', 'closed')
),

measured as (
    select
        ticket_id,
        ticket_state,
        {{ seconds_between("starts_at", "ends_at") }} as state_seconds,
        ends_position - starts_position as state_business_seconds
    from clipped
    where ends_at > starts_at
),

final as (
    select
        ticket_id,
        coalesce(sum(state_seconds) filter (where ticket_state = 'waiting_for_customer'), 0)
            as waiting_for_customer_seconds,
        coalesce(
            sum(state_business_seconds) filter (where ticket_state = 'waiting_for_customer'), 0
        ) as waiting_for_customer_business_seconds,
        coalesce(sum(state_seconds) filter (where ticket_state = 'on_hold'), 0)
            as on_hold_seconds,
        coalesce(
            sum(state_business_seconds) filter (where ticket_state = 'on_hold'), 0
        ) as on_hold_business_seconds,
        coalesce(sum(state_seconds) filter (where ticket_state = 'resolved'), 0)
            as resolved_seconds,
        coalesce(
            sum(state_business_seconds) filter (where ticket_state = 'resolved'), 0
        ) as resolved_business_seconds
    from measured
    group by ticket_id
)

select * from final
