with tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

milestones as (
    select * from {{ ref("int_tickets__milestones") }}
),

reviews as (
    select * from {{ ref("int_qa_reviews__deduplicated") }}
),

reviewed as (
    select
        ticket_id,
        min(reviewed_at) as first_reviewed_at,
        max(reviewed_at) as last_reviewed_at
    from reviews
    where ticket_id is not null
    group by ticket_id
),

-- Before the first inspection of a source's tickets and after the last one nothing is known.
inspected_sources as (
    select
        tickets.source_system,
        min(reviewed.first_reviewed_at) as inspected_from,
        max(reviewed.last_reviewed_at) as inspected_until
    from reviewed
    inner join tickets
        on reviewed.ticket_id = tickets.ticket_id
    group by tickets.source_system
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
