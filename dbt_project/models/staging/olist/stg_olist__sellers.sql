with delivered as (
    select * from {{ source('raw', 'olist_sellers') }}
),

sellers as (
    select
        seller_id,
        seller_city as city,
        seller_state as state,
        'olist' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from sellers
