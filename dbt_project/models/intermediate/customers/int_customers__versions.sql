{{ config(materialized="table") }}

with delivered as (
    {{ newest_rows("customers", ["customer_id", "effective_at"], ref("int_customers__unioned")) }}
),

dated as (
    select
        *,
        coalesce(effective_at, timestamp '1900-01-01 00:00:00') as starts_at,
        concat_ws(
            '|',
            coalesce(segment, '-'),
            coalesce(company_size, '-'),
            coalesce(value_tier, '-'),
            coalesce(region, '-'),
            coalesce(language, '-'),
            coalesce(cast(is_active as varchar), '-'),
            coalesce(cast(contract_from_on as varchar), '-'),
            coalesce(cast(contract_until_on as varchar), '-')
        ) as attributes
    from delivered
),

changed as (
    select *
    from dated
    qualify
        attributes
        <> lag(attributes, 1, '') over (partition by customer_id order by starts_at asc)
),

spanned as (
    select
        *,
        case
            when row_number() over (partition by customer_id order by starts_at asc) = 1
                then timestamp '1900-01-01 00:00:00'
            else starts_at
        end as valid_from,
        lead(starts_at, 1, timestamp '9999-12-31 00:00:00')
            over (partition by customer_id order by starts_at asc)
            as valid_to
    from changed
),

final as (
    select
        customer_id || '@' || translate(cast(valid_from as varchar), '-: ', '') as customer_key,
        customer_id,
        source_system,
        batch_id,
        source_row,
        valid_from,
        valid_to,
        valid_to = timestamp '9999-12-31 00:00:00' as is_current,
        segment,
        company_size,
        value_tier,
        region,
        language,
        is_active,
        contract_from_on,
        contract_until_on
    from spanned
)

select * from final
