with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

reviews as (
    select * from {{ ref("int_qa_reviews__deduplicated") }}
),

reviewed as (
    select distinct ticket_id
    from reviews
    where ticket_id is not null
),

inspected_sources as (
    select * from {{ ref("int_tickets__inspected_sources") }}
),

final as (
    select
        tickets.ticket_id,
        coalesce(
            tickets.exclusion_reason is null
            and milestones.closed_at >= inspected_sources.inspected_from
            and milestones.closed_at <= inspected_sources.inspected_until,
            false
        ) as is_inspection_due,
        coalesce(
            tickets.exclusion_reason is null
            and milestones.closed_at >= inspected_sources.inspected_from
            and milestones.closed_at <= inspected_sources.inspected_until
            and reviewed.ticket_id is not null,
            false
        ) as is_inspected
    from tickets
    inner join milestones
        on tickets.ticket_id = milestones.ticket_id
    left join inspected_sources
        on tickets.source_system = inspected_sources.source_system
    left join reviewed
        on tickets.ticket_id = reviewed.ticket_id
)

select * from final
