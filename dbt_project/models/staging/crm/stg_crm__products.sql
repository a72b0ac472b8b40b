with delivered as (
    select * from {{ source('raw', 'crm_products') }}
),

products as (
    select
        product_id,
        product_name,
        category as product_category,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from products
