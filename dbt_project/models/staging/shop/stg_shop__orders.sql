with delivered as (
    select * from {{ source('raw', 'shop_orders') }}
),

orders as (
    select
        order_id,
        'crm:' || customer_id as customer_id,
        'crm:' || product_id as product_id,
        case channel
            when 'APP' then 'app'
            when 'MINI' then 'mini_program'
            when 'WEB' then 'web_form'
            when 'STORE' then 'shop'
        end as channel_code,
        case status
            when 'NEW' then 'placed'
            when 'SENT' then 'shipped'
            when 'DONE' then 'delivered'
            when 'CANCELLED' then 'cancelled'
        end as status,
        {{ to_utc('ordered_at', 'UTC') }} as ordered_at,
        {{ to_utc('delivered_at', 'UTC') }} as delivered_at,
        estimated_delivery as estimated_delivery_on,
        cast(amount as decimal(18, 2)) as amount,
        'shop' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('updated_at', 'UTC') }} as source_updated_at
    from delivered
)

select * from orders
