with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

changes as (
    select * from {{ touched(ref("int_ticket_events__ordered")) }}
    where event_type = 'priority_changed' and from_value is not null
),

-- A clock that had stopped before a change keeps the priority from before it.
earlier as (
    select
        changes.ticket_id,
        min_by(changes.from_value, changes.event_number) filter (
            where changes.event_at > milestones.first_response_at
        ) as first_response_priority,
        min_by(changes.from_value, changes.event_number) filter (
            where changes.event_at > milestones.resolved_at
        ) as resolution_priority
    from changes
    inner join milestones
        on changes.ticket_id = milestones.ticket_id
    group by changes.ticket_id
),

final as (
    select
        tickets.ticket_id,
        milestones.created_date,
        coalesce(earlier.first_response_priority, tickets.priority_code, 'unknown')
            as first_response_priority,
        coalesce(earlier.resolution_priority, tickets.priority_code, 'unknown')
            as resolution_priority
    from tickets
    inner join milestones
        on tickets.ticket_id = milestones.ticket_id
    left join earlier
        on tickets.ticket_id = earlier.ticket_id
)

select * from final
