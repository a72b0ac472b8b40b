{{ config(materialized="table") }}

with tickets as (
    select * from {{ touched(ref("int_tickets__sla_keys")) }}
),

-- Every key counts more than all keys behind it together.
policies as (
    select
        *,
        case when request_type is null then 0 else 32 end
        + case when channel is null then 0 else 16 end
        + case when complexity is null then 0 else 8 end
        + case when priority is null then 0 else 4 end
        + case when company_size is null then 0 else 2 end
        + case when value_tier is null then 0 else 1 end as specificity
    from {{ ref("sla_policies") }}
),

kinds as (
    select
        sla_edition,
        request_type_key,
        channel_key,
        complexity,
        company_size,
        value_tier,
        first_response_priority as priority_key
    from tickets
    union
    select
        sla_edition,
        request_type_key,
        channel_key,
        complexity,
        company_size,
        value_tier,
        resolution_priority as priority_key
    from tickets
),

final as (
    select
        kinds.*,
        max_by(policies.policy_id, policies.specificity) filter (
            where policies.first_response_minutes is not null
        ) as first_response_policy_id,
        max_by(policies.first_response_minutes, policies.specificity) filter (
            where policies.first_response_minutes is not null
        ) as first_response_minutes,
        max_by(policies.clock, policies.specificity) filter (
            where policies.first_response_minutes is not null
        ) as first_response_clock,
        max_by(policies.policy_id, policies.specificity) filter (
            where policies.resolution_minutes is not null
        ) as resolution_policy_id,
        max_by(policies.resolution_minutes, policies.specificity) filter (
            where policies.resolution_minutes is not null
        ) as resolution_minutes,
        max_by(policies.clock, policies.specificity) filter (
            where policies.resolution_minutes is not null
        ) as resolution_clock,
        max_by(policies.acknowledgement_working_days, policies.specificity) filter (
            where policies.acknowledgement_working_days is not null
        ) as acknowledgement_working_days
    from kinds
    inner join policies
        on
            coalesce(policies.request_type, kinds.request_type_key) = kinds.request_type_key
            and coalesce(policies.channel, kinds.channel_key) = kinds.channel_key
            and coalesce(policies.complexity, kinds.complexity) = kinds.complexity
            and coalesce(policies.priority, kinds.priority_key) = kinds.priority_key
            and coalesce(policies.company_size, kinds.company_size) = kinds.company_size
            and coalesce(policies.value_tier, kinds.value_tier) = kinds.value_tier
            and kinds.sla_edition >= policies.valid_from
            and (policies.valid_to is null or kinds.sla_edition < policies.valid_to)
    group by all
)

select * from final
