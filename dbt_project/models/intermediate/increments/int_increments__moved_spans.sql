{{ config(materialized="table") }}

with reaches as (
    select * from {{ ref("int_sources__reach") }}
),

previous_reaches as (
    select * from {{ previous(ref("int_sources__reach")) }}
),

inspected as (
    select * from {{ ref("int_tickets__inspected_sources") }}
),

previous_inspected as (
    select * from {{ previous(ref("int_tickets__inspected_sources")) }}
),

-- Where only one build knows a bound, every stamp may lie on another side of it.
bounds as (
    select
        'reach' as bound,
        reaches.data_until as bound_at,
        previous_reaches.data_until as previous_bound_at
    from reaches
    inner join previous_reaches
        on reaches.source_system = previous_reaches.source_system
    union all
    select
        'inspection' as bound,
        inspected.inspected_from as bound_at,
        previous_inspected.inspected_from as previous_bound_at
    from inspected
    full join previous_inspected
        on inspected.source_system = previous_inspected.source_system
    union all
    select
        'inspection' as bound,
        inspected.inspected_until as bound_at,
        previous_inspected.inspected_until as previous_bound_at
    from inspected
    full join previous_inspected
        on inspected.source_system = previous_inspected.source_system
),

final as (
    select
        bound,
        case
            when bound_at is null or previous_bound_at is null then timestamp '0001-01-01'
            else least(bound_at, previous_bound_at)
        end as from_at,
        case
            when bound_at is null or previous_bound_at is null then timestamp '9999-12-31'
            else greatest(bound_at, previous_bound_at)
        end as until_at
    from bounds
    where bound_at is distinct from previous_bound_at
)

select * from final
