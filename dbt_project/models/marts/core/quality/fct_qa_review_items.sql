with items as (
    select * from {{ ref("int_qa_review_items__deduplicated") }}
),

reviews as (
    select * from {{ ref("int_qa_reviews__deduplicated") }}
),

final as (
    select
        items.review_id || ':' || items.criterion as review_item_key,
        items.source_system,
        items.batch_id,
        items.source_row,
        coalesce(reviews.review_id, 'unknown') as review_key,
        items.criterion,
        items.weight,
        items.score,
        items.is_critical,
        items.is_critical_failed
    from items
    left join reviews
        on items.review_id = reviews.review_id
)

select * from final
