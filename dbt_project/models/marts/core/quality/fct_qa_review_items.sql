with items as (
    select * from {{ ref("int_qa_review_items__deduplicated") }}
),

reviews as (
    select * from {{ ref("int_qa_reviews__deduplicated") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        items.review_id || ':' || items.criterion as review_item_key,
        items.source_system,
        items.batch_id,
        items.source_row,
        coalesce(reviews.review_id, 'unknown') as review_key,
        {{ local_date("reviews.reviewed_at", "parameters.reporting_time_zone") }} as reviewed_date,
        items.criterion,
        items.weight,
        items.score,
        items.is_critical,
        items.is_critical_failed,
        cast(
            case when items.score is not null and items.weight > 0 then items.weight end
            as decimal(18, 4)
        ) as rated_weight,
        cast(
            case when coalesce(items.is_critical_failed, false) then 0 else items.score end
            as decimal(9, 2)
        ) as counted_score
    from items
    left join reviews
        on items.review_id = reviews.review_id
    cross join parameters
)

select * from final
