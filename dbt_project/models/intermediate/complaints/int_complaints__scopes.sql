{{ config(materialized="table") }}

with complaints as (
    select
        *,
        coalesce(received_at, cast(received_on as timestamp), timestamp '1900-01-01 00:00:00')
            as valid_at
    from {{ ref("int_complaints__deduplicated") }}
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

products as (
    select * from {{ ref("int_products__deduplicated") }}
),

final as (
    select
        complaints.complaint_id,
        case when complaints.ticket_id is not null then coalesce(tickets.ticket_id, 'unknown') end
            as ticket_key,
        coalesce(
            case when complaints.agent_id is null then tickets.agent_key else agents.agent_key end,
            'unknown'
        ) as agent_key,
        coalesce(
            case when complaints.agent_id is null then tickets.agent_id else agents.agent_id end,
            'unknown'
        ) as agent_id,
        coalesce(teams.team_id, agents.team_key, tickets.team_key, 'unknown') as team_key,
        coalesce(
            complaints.department_id,
            teams.department_id,
            agents.department_key,
            tickets.department_key,
            'unknown'
        ) as department_key,
        case
            when teams.team_id is not null then coalesce(teams.location_name, 'unknown')
            when agents.team_key is not null then agents.location_key
            else coalesce(tickets.location_key, 'unknown')
        end as location_key,
        coalesce(complaints.channel_code, tickets.channel_key, 'unknown') as channel_key,
        coalesce(products.product_id, tickets.product_key, 'unknown') as product_key,
        coalesce(tickets.request_type_key, 'unknown') as request_type_key,
        coalesce(tickets.touchpoint_key, 'unknown') as touchpoint_key,
        coalesce(tickets.phase_key, 'unknown') as phase_key,
        coalesce(tickets.priority_key, 'unknown') as priority_key,
        coalesce(customers.customer_key, 'unknown') as customer_key,
        coalesce(complaints.customer_id, tickets.customer_id, 'unknown') as customer_id,
        coalesce(customers.region, 'unknown') as region_key,
        coalesce(customers.segment, 'unknown') as segment_key,
        coalesce(customers.company_size, 'unknown') as company_size_key,
        coalesce(customers.value_tier, 'unknown') as value_tier_key,
        coalesce(tickets.language_key, customers.language, 'unknown') as language_key
    from complaints
    left join tickets
        on complaints.ticket_id = tickets.ticket_id
    left join agents
        on
            complaints.agent_id = agents.agent_id
            and complaints.valid_at >= agents.valid_from
            and complaints.valid_at < agents.valid_to
    left join teams
        on complaints.team_id = teams.team_id
    left join products
        on complaints.product_id = products.product_id
    left join customers
        on
            coalesce(complaints.customer_id, tickets.customer_id) = customers.customer_id
            and complaints.valid_at >= customers.valid_from
            and complaints.valid_at < customers.valid_to
)

select * from final
