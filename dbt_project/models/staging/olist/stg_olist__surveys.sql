with order_reviews as (
    select * from {{ ref('stg_olist__order_reviews') }}
),

orders as (
    select * from {{ ref('stg_olist__orders') }}
),

surveys as (
    select
        order_reviews.review_id || '-' || order_reviews.order_id as survey_id,
        'csat' as survey_type,
        order_reviews.order_id,
        orders.customer_id,
        order_reviews.answered_at as responded_at,
        order_reviews.score,
        1 as scale_min,
        5 as scale_max,
        coalesce(
            order_reviews.comment_title || ' ' || order_reviews.comment_message,
            order_reviews.comment_message,
            order_reviews.comment_title
        ) as comment,
        case
            when coalesce(order_reviews.comment_message, order_reviews.comment_title) is not null
                then 'pt'
        end as comment_language,
        order_reviews.source_system,
        order_reviews.batch_id,
        order_reviews.source_row,
        order_reviews.answered_at as source_updated_at
    from order_reviews
    left join orders
        on order_reviews.order_id = orders.order_id
)

select * from surveys
