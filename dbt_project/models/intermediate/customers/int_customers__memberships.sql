with versions as (
    select * from {{ ref("int_customers__versions") }}
),

rules as (
    select * from {{ ref("customer_activity_rules") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

-- A version holds from the day on which it began; one replaced on that day never held.
dated as (
    select
        versions.*,
        {{ local_date("versions.valid_from", "parameters.reporting_time_zone") }} as from_on,
        case
            when versions.is_current then date '9999-12-31'
            else {{ local_date("versions.valid_to", "parameters.reporting_time_zone") }}
        end as until_on
    from versions
    cross join parameters
),

ruled as (
    select
        dated.*,
        coalesce(special.basis, usual.basis) as basis,
        coalesce(special.inactive_days, usual.inactive_days) as inactive_days
    from dated
    left join rules as special
        on dated.segment = special.segment
    left join rules as usual
        on usual.segment is null
    where dated.from_on < dated.until_on
),

final as (
    select
        customer_key,
        customer_id,
        source_system,
        segment,
        company_size,
        value_tier,
        region,
        language,
        from_on,
        until_on,
        contract_from_on,
        coalesce(contract_until_on, date '9999-12-30') as contract_until_on,
        inactive_days,
        basis = 'contract' or (basis = 'contract_else_contact' and contract_from_on is not null)
            as is_by_contract,
        coalesce(is_active, true) as is_allowed
    from ruled
)

select * from final
