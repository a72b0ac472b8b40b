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
        {{ local_date("versions.valid_from", "parameters.reporting_time_zone") }}
            as version_from_on,
        case
            when versions.is_current then date '9999-12-31'
            else {{ local_date("versions.valid_to", "parameters.reporting_time_zone") }}
        end as version_until_on
    from versions
    cross join parameters
),

edges as (
    select valid_from as edge_on
    from rules
    union
    select valid_to as edge_on
    from rules
    where valid_to is not null
),

-- Between two edges every segment has one rule.
editions as (
    select
        edge_on,
        lead(edge_on, 1, date '9999-12-31') over (order by edge_on) as next_edge_on
    from edges
),

ruled as (
    select
        dated.*,
        greatest(dated.version_from_on, editions.edge_on) as from_on,
        least(dated.version_until_on, editions.next_edge_on) as until_on,
        coalesce(special.basis, usual.basis) as basis,
        coalesce(special.inactive_days, usual.inactive_days) as inactive_days
    from dated
    inner join editions
        on
            dated.version_from_on < editions.next_edge_on
            and dated.version_until_on > editions.edge_on
    left join rules as special
        on
            dated.segment = special.segment
            and editions.edge_on >= special.valid_from
            and editions.edge_on < coalesce(special.valid_to, date '9999-12-31')
    left join rules as usual
        on
            usual.segment is null
            and editions.edge_on >= usual.valid_from
            and editions.edge_on < coalesce(usual.valid_to, date '9999-12-31')
    where
        dated.version_from_on < dated.version_until_on
        and coalesce(special.basis, usual.basis) is not null
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
