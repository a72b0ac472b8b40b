with delivered as (
    select * from {{ source('raw', 'olist_order_reviews') }}
),

order_reviews as (
    select
        review_id,
        order_id,
        review_score as score,
        review_comment_title as comment_title,
        review_comment_message as comment_message,
        {{ to_utc('review_sent_at', 'UTC') }} as sent_at,
        {{ to_utc('review_answered_at', 'UTC') }} as answered_at,
        'olist' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('review_answered_at', 'UTC') }} as source_updated_at
    from delivered
)

select * from order_reviews
