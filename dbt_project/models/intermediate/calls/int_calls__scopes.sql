with calls as (
    select * from {{ ref("int_calls__deduplicated") }}
),

tickets as (
    select * from {{ ref("int_tickets__scopes") }}
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

-- The queue's team answers for a call, also for one that nobody took.
final as (
    select
        calls.call_id,
        case when calls.ticket_id is not null then coalesce(tickets.ticket_id, 'unknown') end
            as ticket_key,
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
        coalesce(calls.channel_code, 'unknown') as channel_key,
        coalesce(customers.customer_key, 'unknown') as customer_key,
        coalesce(calls.customer_id, 'unknown') as customer_id,
        coalesce(customers.region, 'unknown') as region_key,
        coalesce(customers.segment, 'unknown') as segment_key,
        coalesce(customers.company_size, 'unknown') as company_size_key,
        coalesce(customers.value_tier, 'unknown') as value_tier_key,
        coalesce(customers.language, 'unknown') as language_key
    from calls
    left join tickets
        on calls.ticket_id = tickets.ticket_id
    left join agents
        on
            calls.agent_id = agents.agent_id
            and calls.offered_at >= agents.valid_from
            and calls.offered_at < agents.valid_to
    left join teams
        on calls.team_id = teams.team_id
    left join customers
        on
            calls.customer_id = customers.customer_id
            and calls.offered_at >= customers.valid_from
            and calls.offered_at < customers.valid_to
)

select * from final
