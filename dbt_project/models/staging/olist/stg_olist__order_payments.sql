with delivered as (
    select * from {{ source('raw', 'olist_order_payments') }}
),

order_payments as (
    select
        order_id,
        payment_sequential as payment_number,
        nullif(payment_type, 'not_defined') as payment_type,
        payment_installments as instalments,
        cast(payment_value as decimal(18, 2)) as amount,
        'olist' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from order_payments
