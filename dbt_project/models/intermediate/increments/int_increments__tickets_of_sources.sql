with sources as (
    select * from {{ ref("int_increments__changed_sources") }}
),

tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

visits as (
    select * from {{ ref("int_process__visits") }}
    where process_code = 'ticket'
),

final as (
    select tickets.ticket_id
    from tickets
    inner join sources
        on tickets.source_system = sources.source_system
    union all
    select coalesce(visits.case_id, '') as ticket_id
    from visits
    inner join sources
        on visits.source_system = sources.source_system
)

select * from final
