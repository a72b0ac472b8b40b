with tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

milestones as (
    select * from {{ ref("int_tickets__milestones") }}
),

policies as (
    select
        *,
        case when request_type is null then 0 else 4 end
        + case when channel is null then 0 else 2 end
        + case when priority is null then 0 else 1 end as specificity
    from {{ ref("sla_policies") }}
),

kinds as (
    select
        coalesce(tickets.request_type_code, 'unknown') as request_type_key,
        coalesce(tickets.priority_code, 'unknown') as priority_key,
        coalesce(tickets.channel_code, 'unknown') as channel_key,
        milestones.created_date
    from tickets
    inner join milestones
        on tickets.ticket_id = milestones.ticket_id
    group by all
),

final as (
    select
        kinds.request_type_key,
        kinds.priority_key,
        kinds.channel_key,
        kinds.created_date,
        policies.policy_id,
        policies.first_response_minutes,
        policies.resolution_minutes
    from kinds
    inner join policies
        on
            coalesce(policies.request_type, kinds.request_type_key) = kinds.request_type_key
            and coalesce(policies.priority, kinds.priority_key) = kinds.priority_key
            and coalesce(policies.channel, kinds.channel_key) = kinds.channel_key
            and kinds.created_date >= policies.valid_from
            and (policies.valid_to is null or kinds.created_date < policies.valid_to)
    qualify row_number() over (
        partition by
            kinds.request_type_key, kinds.priority_key, kinds.channel_key, kinds.created_date
        order by policies.specificity desc, policies.policy_id asc
    ) = 1
)

select * from final
