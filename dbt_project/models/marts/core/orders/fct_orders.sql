with orders as (
    select
        *,
        status = 'delivered'
        and delivered_at is not null
        and estimated_delivery_on is not null as has_delivery
    from {{ ref("int_orders__deduplicated") }}
),

customers as (
    select * from {{ ref("int_customers__versions") }}
),

products as (
    select * from {{ ref("int_products__deduplicated") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        orders.order_id as order_key,
        orders.source_system,
        orders.batch_id,
        orders.source_row,
        orders.natural_id as order_id,
        'unknown' as agent_key,
        'unknown' as agent_id,
        'unknown' as team_key,
        'unknown' as department_key,
        coalesce(orders.channel_code, 'unknown') as channel_key,
        coalesce(customers.customer_key, 'unknown') as customer_key,
        coalesce(orders.customer_id, 'unknown') as customer_id,
        coalesce(customers.region, 'unknown') as region_key,
        coalesce(customers.segment, 'unknown') as segment_key,
        coalesce(customers.company_size, 'unknown') as company_size_key,
        coalesce(customers.value_tier, 'unknown') as value_tier_key,
        coalesce(customers.language, 'unknown') as language_key,
        coalesce(products.product_id, 'unknown') as product_key,
        coalesce(orders.status, 'unknown') as status,
        orders.ordered_at,
        {{ local_date("orders.ordered_at", "parameters.reporting_time_zone") }} as ordered_date,
        orders.delivered_at,
        {{ local_date("orders.delivered_at", "parameters.reporting_time_zone") }} as delivered_date,
        orders.estimated_delivery_on,
        orders.amount,
        coalesce(orders.status <> 'cancelled', true) as is_purchase,
        coalesce(orders.has_delivery, false) as is_delivery_measured,
        coalesce(
            orders.has_delivery
            and orders.delivered_at <= cast(orders.estimated_delivery_on as timestamp),
            false
        ) as is_delivered_on_time
    from orders
    left join customers
        on
            orders.customer_id = customers.customer_id
            and orders.ordered_at >= customers.valid_from
            and orders.ordered_at < customers.valid_to
    left join products
        on orders.product_id = products.product_id
    cross join parameters
)

select * from final
