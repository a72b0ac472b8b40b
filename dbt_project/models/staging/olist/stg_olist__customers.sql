with delivered_customers as (
    select * from {{ ref('stg_olist__delivered_customers') }}
),

delivered_orders as (
    select * from {{ ref('stg_olist__delivered_orders') }}
),

customers as (
    select
        delivered_customers.customer_id,
        min(delivered_orders.purchased_at)
            over (partition by delivered_customers.customer_id) as effective_at,
        delivered_customers.state as region,
        delivered_customers.source_system,
        delivered_customers.batch_id,
        delivered_customers.source_row,
        delivered_orders.purchased_at as source_updated_at
    from delivered_customers
    left join delivered_orders
        on delivered_customers.order_customer_id = delivered_orders.order_customer_id
    qualify
        row_number() over (
            partition by delivered_customers.customer_id
            order by
                delivered_orders.purchased_at desc nulls last,
                delivered_customers.order_customer_id desc
        ) = 1
)

select * from customers
