with delivered_orders as (
    select * from {{ ref('stg_olist__delivered_orders') }}
),

delivered_customers as (
    select * from {{ ref('stg_olist__delivered_customers') }}
),

order_items as (
    select
        order_id,
        case when min(product_id) = max(product_id) then min(product_id) end as product_id,
        cast(sum(price + freight) as decimal(18, 2)) as amount
    from {{ ref('stg_olist__order_items') }}
    group by order_id
),

orders as (
    select
        delivered_orders.order_id,
        delivered_customers.customer_id,
        order_items.product_id,
        delivered_orders.status,
        delivered_orders.purchased_at as ordered_at,
        delivered_orders.delivered_to_customer_at as delivered_at,
        delivered_orders.estimated_delivery_on,
        order_items.amount,
        delivered_orders.source_system,
        delivered_orders.batch_id,
        delivered_orders.source_row,
        delivered_orders.source_updated_at
    from delivered_orders
    left join delivered_customers
        on delivered_orders.order_customer_id = delivered_customers.order_customer_id
    left join order_items
        on delivered_orders.order_id = order_items.order_id
)

select * from orders
