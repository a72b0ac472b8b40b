with delivered as (
    select * from {{ source('raw', 'olist_orders') }}
),

delivered_orders as (
    select
        order_id,
        customer_id as order_customer_id,
        case
            when order_status in ('delivered', 'shipped') then order_status
            when order_status in ('canceled', 'unavailable') then 'cancelled'
            when order_status in ('created', 'approved', 'invoiced', 'processing') then 'placed'
        end as status,
        {{ to_utc('purchased_at', 'UTC') }} as purchased_at,
        {{ to_utc('approved_at', 'UTC') }} as approved_at,
        {{ to_utc('delivered_to_carrier_at', 'UTC') }} as delivered_to_carrier_at,
        {{ to_utc('delivered_to_customer_at', 'UTC') }} as delivered_to_customer_at,
        cast(estimated_delivery_at as date) as estimated_delivery_on,
        'olist' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        coalesce(
            {{ to_utc('delivered_to_customer_at', 'UTC') }},
            {{ to_utc('delivered_to_carrier_at', 'UTC') }},
            {{ to_utc('approved_at', 'UTC') }},
            {{ to_utc('purchased_at', 'UTC') }}
        ) as source_updated_at
    from delivered
)

select * from delivered_orders
