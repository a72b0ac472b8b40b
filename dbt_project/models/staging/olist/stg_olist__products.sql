with delivered as (
    select * from {{ source('raw', 'olist_products') }}
),

products as (
    select
        product_id,
        product_category_name as product_category,
        'olist' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from products
