with policies as (
    select * from {{ ref("sla_policies") }}
),

codes as (
    select
        'request_type' as key_name,
        request_type_code as code
    from {{ ref("request_types") }}
    union all
    select
        'channel' as key_name,
        channel_code as code
    from {{ ref("channels") }}
    union all
    select
        'priority' as key_name,
        priority_code as code
    from {{ ref("priorities") }}
    union all
    select
        vocabulary as key_name,
        code
    from {{ ref("vocabularies") }}
),

used as (
    select
        policy_id,
        'request_type' as key_name,
        request_type as code
    from policies
    union all
    select
        policy_id,
        'channel' as key_name,
        channel as code
    from policies
    union all
    select
        policy_id,
        'priority' as key_name,
        priority as code
    from policies
    union all
    select
        policy_id,
        'complexity' as key_name,
        complexity as code
    from policies
    union all
    select
        policy_id,
        'company_size' as key_name,
        company_size as code
    from policies
    union all
    select
        policy_id,
        'value_tier' as key_name,
        value_tier as code
    from policies
),

final as (
    select
        'sla_policies' as seed,
        used.policy_id as row_key,
        'an SLA row that no ticket can match' as rule,
        concat_ws(' ', 'unknown', used.key_name, used.code) as detail
    from used
    left join codes
        on
            used.key_name = codes.key_name
            and used.code = codes.code
    where used.code is not null and codes.code is null
    union all
    select
        'sla_policies' as seed,
        policy_id as row_key,
        'an SLA row sets a target above zero' as rule,
        concat_ws(
            ' ', first_response_minutes, resolution_minutes, acknowledgement_working_days
        ) as detail
    from policies
    where
        coalesce(first_response_minutes, resolution_minutes, acknowledgement_working_days) is null
        or least(first_response_minutes, resolution_minutes, acknowledgement_working_days) <= 0
)

select * from final
