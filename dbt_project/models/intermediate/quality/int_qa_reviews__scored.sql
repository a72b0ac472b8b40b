with items as (
    select * from {{ ref("int_qa_review_items__deduplicated") }}
),

weighed as (
    select
        review_id,
        coalesce(bool_or(is_critical_failed), false) as has_critical_error,
        bool_or(is_critical_failed is not null) as is_error_known,
        sum(weight) filter (where score is not null and weight > 0) as rated_weight,
        sum(weight * score) filter (where score is not null and weight > 0) as weighted_score
    from items
    group by review_id
),

final as (
    select
        review_id,
        has_critical_error,
        is_error_known,
        cast(rated_weight as decimal(18, 4)) as rated_weight,
        cast(
            case when has_critical_error and rated_weight is not null then 0 else weighted_score end
            as decimal(18, 6)
        ) as weighted_score
    from weighed
)

select * from final
