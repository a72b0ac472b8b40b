with final as (
    select
        customer_key,
        customer_id,
        source_system,
        batch_id,
        source_row,
        valid_from,
        valid_to,
        is_current,
        segment,
        company_size,
        value_tier,
        region,
        language,
        is_active,
        contract_from_on,
        contract_until_on
    from {{ ref("int_customers__versions") }}
    union all
    select
        'unknown' as customer_key,
        'unknown' as customer_id,
        'unknown' as source_system,
        'unknown' as batch_id,
        null as source_row,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to,
        true as is_current,
        null as segment,
        null as company_size,
        null as value_tier,
        null as region,
        null as language,
        null as is_active,
        null as contract_from_on,
        null as contract_until_on
)

select * from final
