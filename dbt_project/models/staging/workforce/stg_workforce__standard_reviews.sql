with delivered as (
    select * from {{ source('raw', 'workforce_standard_reviews') }}
),

standard_reviews as (
    select
        review_id,
        kind as review_kind,
        due_on,
        done_on,
        'workforce' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from standard_reviews
