with events as (
    select * from {{ touched(ref("int_ticket_events__ordered")) }}
),

tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

told as (
    select
        events.*,
        events.event_type = 'replied' and events.actor_type = 'agent' as is_reply,
        events.event_at >= tickets.created_at as is_after_creation
    from events
    inner join tickets
        on events.ticket_id = tickets.ticket_id
),

summarised as (
    select
        ticket_id,
        bool_or(event_type = 'replied') as has_replies,
        coalesce(
            min(event_at) filter (where is_reply and is_after_creation),
            min(event_at) filter (where is_reply)
        ) as first_reply_at,
        min(event_at) filter (where event_type = 'acknowledged' and is_after_creation)
            as acknowledged_at,
        max_by(to_value, event_number) filter (where event_type = 'exempted')
            as sla_exemption_reason,
        count(*) filter (where is_reply) as agent_reply_count,
        count(*) filter (where event_type = 'reopened') as reopen_count,
        count(*) filter (where event_type = 'assigned') as assignment_count,
        max_by(agent_id, event_number) filter (
            where event_type = 'assigned' and agent_id is not null
        ) as last_agent_id,
        max_by(event_at, event_number) filter (where event_type = 'resolved') as last_resolved_at,
        max_by(event_at, event_number) filter (where event_type = 'closed') as last_closed_at,
        coalesce(max(event_number) filter (where event_type = 'resolved'), 0) as resolved_number,
        coalesce(max(event_number) filter (where event_type = 'closed'), 0) as closed_number,
        coalesce(max(event_number) filter (where event_type = 'reopened'), 0) as reopened_number
    from told
    group by ticket_id
),

final as (
    select
        ticket_id,
        has_replies,
        first_reply_at,
        acknowledged_at,
        sla_exemption_reason,
        agent_reply_count,
        reopen_count,
        case when assignment_count > 0 then assignment_count - 1 end as reassignment_count,
        last_agent_id,
        case when resolved_number > reopened_number then last_resolved_at end as resolved_at,
        case when closed_number > reopened_number then last_closed_at end as closed_at
    from summarised
)

select * from final
