{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_id",
    column="ticket_id"
) }}

with milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

tickets as (
    select * from {{ touched(ref("int_tickets__kinds")) }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

customers as (
    select * from {{ ref("int_customers__versions") }}
),

handled as (
    select
        ticket_id,
        agent_id,
        created_at,
        coalesce(resolved_at, created_at) as handled_at
    from milestones
),

final as (
    select
        tickets.ticket_id,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(teams.team_id, agents.team_key, 'unknown') as team_key,
        case
            when teams.team_id is not null then coalesce(teams.department_id, 'unknown')
            else coalesce(agents.department_key, 'unknown')
        end as department_key,
        case
            when teams.team_id is not null then coalesce(teams.location_name, 'unknown')
            else coalesce(agents.location_key, 'unknown')
        end as location_key,
        tickets.channel_key,
        tickets.touchpoint_key,
        tickets.phase_key,
        tickets.product_key,
        tickets.request_type_key,
        tickets.priority_key,
        coalesce(customers.customer_key, 'unknown') as customer_key,
        coalesce(tickets.customer_id, 'unknown') as customer_id,
        coalesce(customers.region, 'unknown') as region_key,
        coalesce(customers.segment, 'unknown') as segment_key,
        coalesce(customers.company_size, 'unknown') as company_size_key,
        coalesce(customers.value_tier, 'unknown') as value_tier_key,
        coalesce(tickets.language, customers.language, 'unknown') as language_key
    from tickets
    inner join handled
        on tickets.ticket_id = handled.ticket_id
    left join agents
        on
            handled.agent_id = agents.agent_id
            and handled.handled_at >= agents.valid_from
            and handled.handled_at < agents.valid_to
    left join teams
        on tickets.team_id = teams.team_id
    left join customers
        on
            tickets.customer_id = customers.customer_id
            and handled.created_at >= customers.valid_from
            and handled.created_at < customers.valid_to
)

select * from final
