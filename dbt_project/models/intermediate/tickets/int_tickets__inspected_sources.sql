{{ config(materialized="table") }}

with tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

reviews as (
    select * from {{ ref("int_qa_reviews__deduplicated") }}
),

-- Before the first inspection of a source's tickets and after the last one nothing is known.
final as (
    select
        tickets.source_system,
        min(reviews.reviewed_at) as inspected_from,
        max(reviews.reviewed_at) as inspected_until
    from reviews
    inner join tickets
        on reviews.ticket_id = tickets.ticket_id
    group by tickets.source_system
)

select * from final
