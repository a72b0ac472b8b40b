with delivered as (
    select * from {{ source('raw', 'olist_customers') }}
),

delivered_customers as (
    select
        customer_id as order_customer_id,
        customer_unique_id as customer_id,
        customer_city as city,
        customer_state as state,
        'olist' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from delivered_customers
