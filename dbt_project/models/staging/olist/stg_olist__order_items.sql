with delivered as (
    select * from {{ source('raw', 'olist_order_items') }}
),

order_items as (
    select
        order_id,
        order_item_id as item_number,
        product_id,
        seller_id,
        {{ to_utc('shipping_limit_at', 'UTC') }} as shipping_limit_at,
        cast(price as decimal(18, 2)) as price,
        cast(freight_value as decimal(18, 2)) as freight,
        'olist' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from order_items
