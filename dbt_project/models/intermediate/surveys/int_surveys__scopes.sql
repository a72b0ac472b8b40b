with surveys as (
    select
        *,
        coalesce(
            sent_at, responded_at, cast(responded_on as timestamp), timestamp '1900-01-01 00:00:00'
        ) as valid_at
    from {{ ref("int_surveys__deduplicated") }}
),

tickets as (
    select * from {{ ref("int_tickets__scopes") }}
),

complaints as (
    select * from {{ ref("int_complaints__scopes") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

customers as (
    select * from {{ ref("int_customers__versions") }}
),

orders as (
    select * from {{ ref("int_orders__deduplicated") }}
),

final as (
    select
        surveys.survey_id,
        case when surveys.ticket_id is not null then coalesce(tickets.ticket_id, 'unknown') end
            as ticket_key,
        case when surveys.order_id is not null then coalesce(orders.order_id, 'unknown') end
            as order_key,
        case
            when surveys.complaint_id is not null then coalesce(complaints.complaint_id, 'unknown')
        end as complaint_key,
        coalesce(tickets.agent_key, complaints.agent_key, agents.agent_key, 'unknown') as agent_key,
        coalesce(tickets.agent_id, complaints.agent_id, agents.agent_id, 'unknown') as agent_id,
        coalesce(tickets.team_key, complaints.team_key, agents.team_key, 'unknown') as team_key,
        coalesce(
            tickets.department_key, complaints.department_key, agents.department_key, 'unknown'
        ) as department_key,
        coalesce(
            tickets.channel_key, complaints.channel_key, surveys.channel_code, 'unknown'
        ) as channel_key,
        coalesce(
            tickets.customer_key, complaints.customer_key, customers.customer_key, 'unknown'
        ) as customer_key,
        coalesce(
            tickets.customer_id, complaints.customer_id, surveys.customer_id, 'unknown'
        ) as customer_id,
        coalesce(tickets.product_key, complaints.product_key, 'unknown') as product_key,
        coalesce(
            tickets.request_type_key, complaints.request_type_key, 'unknown'
        ) as request_type_key,
        coalesce(tickets.touchpoint_key, complaints.touchpoint_key, 'unknown') as touchpoint_key,
        coalesce(tickets.phase_key, complaints.phase_key, 'unknown') as phase_key,
        coalesce(tickets.priority_key, complaints.priority_key, 'unknown') as priority_key,
        coalesce(
            tickets.region_key, complaints.region_key, customers.region, 'unknown'
        ) as region_key,
        coalesce(
            tickets.location_key, complaints.location_key, agents.location_key, 'unknown'
        ) as location_key,
        coalesce(
            tickets.segment_key, complaints.segment_key, customers.segment, 'unknown'
        ) as segment_key,
        coalesce(
            tickets.company_size_key, complaints.company_size_key, customers.company_size, 'unknown'
        ) as company_size_key,
        coalesce(
            tickets.value_tier_key, complaints.value_tier_key, customers.value_tier, 'unknown'
        ) as value_tier_key,
        coalesce(
            tickets.language_key, complaints.language_key, customers.language, 'unknown'
        ) as language_key
    from surveys
    left join tickets
        on surveys.ticket_id = tickets.ticket_id
    left join complaints
        on surveys.complaint_id = complaints.complaint_id
    left join orders
        on surveys.order_id = orders.order_id
    left join agents
        on
            surveys.agent_id = agents.agent_id
            and surveys.valid_at >= agents.valid_from
            and surveys.valid_at < agents.valid_to
    left join customers
        on
            surveys.customer_id = customers.customer_id
            and surveys.valid_at >= customers.valid_from
            and surveys.valid_at < customers.valid_to
)

select * from final
