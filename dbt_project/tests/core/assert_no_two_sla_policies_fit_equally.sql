-- Two rows with the same keys may not be in force on the same day: the choice would be arbitrary.
with policies as (
    select
        policy_id,
        coalesce(request_type, '*') as request_type,
        coalesce(priority, '*') as priority,
        coalesce(channel, '*') as channel,
        coalesce(complexity, '*') as complexity,
        coalesce(company_size, '*') as company_size,
        coalesce(value_tier, '*') as value_tier,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from {{ ref("sla_policies") }}
)

select
    one.policy_id,
    other.policy_id as rival_id
from policies as one
inner join policies as other
    on
        one.request_type = other.request_type
        and one.priority = other.priority
        and one.channel = other.channel
        and one.complexity = other.complexity
        and one.company_size = other.company_size
        and one.value_tier = other.value_tier
        and one.policy_id < other.policy_id
        and one.valid_from < other.valid_to
        and one.valid_to > other.valid_from
