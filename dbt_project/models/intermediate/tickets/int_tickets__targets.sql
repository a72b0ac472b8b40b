with tickets as (
    select * from {{ touched(ref("int_tickets__sla_keys")) }}
),

chosen as (
    select * from {{ ref("int_tickets__sla_chosen") }}
),

final as (
    select
        tickets.ticket_id,
        response.first_response_policy_id,
        response.first_response_minutes,
        response.first_response_clock,
        response.acknowledgement_working_days,
        resolution.resolution_policy_id,
        resolution.resolution_minutes,
        resolution.resolution_clock
    from tickets
    left join chosen as response
        on
            tickets.sla_edition = response.sla_edition
            and tickets.request_type_key = response.request_type_key
            and tickets.channel_key = response.channel_key
            and tickets.complexity = response.complexity
            and tickets.company_size = response.company_size
            and tickets.value_tier = response.value_tier
            and tickets.first_response_priority = response.priority_key
    left join chosen as resolution
        on
            tickets.sla_edition = resolution.sla_edition
            and tickets.request_type_key = resolution.request_type_key
            and tickets.channel_key = resolution.channel_key
            and tickets.complexity = resolution.complexity
            and tickets.company_size = resolution.company_size
            and tickets.value_tier = resolution.value_tier
            and tickets.resolution_priority = resolution.priority_key
)

select * from final
