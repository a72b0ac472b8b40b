with members as (
    select * from {{ ref("int_increments__changed_members") }}
),

milestones as (
    select
        ticket_id,
        agent_id
    from {{ standing("int_tickets__milestones", {"ticket_id": "varchar", "agent_id": "varchar"}) }}
),

tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

events as (
    select * from {{ ref("int_ticket_events__ordered") }}
),

visits as (
    select * from {{ ref("int_process__visits") }}
    where process_code = 'ticket'
),

final as (
    select milestones.ticket_id
    from milestones
    inner join members
        on milestones.agent_id = members.member_id and members.member_type = 'agent'
    union all
    select coalesce(events.ticket_id, '') as ticket_id
    from events
    inner join members
        on events.agent_id = members.member_id and members.member_type = 'agent'
    union all
    select coalesce(visits.case_id, '') as ticket_id
    from visits
    inner join members
        on visits.agent_id = members.member_id and members.member_type = 'agent'
    union all
    select tickets.ticket_id
    from tickets
    inner join members
        on tickets.team_id = members.member_id and members.member_type = 'team'
    union all
    select coalesce(events.ticket_id, '') as ticket_id
    from events
    inner join members
        on events.team_id = members.member_id and members.member_type = 'team'
    union all
    select tickets.ticket_id
    from tickets
    inner join members
        on tickets.customer_id = members.member_id and members.member_type = 'customer'
    union all
    select tickets.ticket_id
    from tickets
    inner join members
        on tickets.product_id = members.member_id and members.member_type = 'product'
)

select * from final
