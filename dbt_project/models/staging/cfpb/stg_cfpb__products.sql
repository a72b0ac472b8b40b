with delivered_complaints as (
    select * from {{ ref('stg_cfpb__delivered_complaints') }}
),

products as (
    select
        product_id,
        coalesce(sub_product, product) as product_name,
        product as product_category,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from delivered_complaints
    where product_id is not null
    qualify
        row_number() over (partition by product_id order by received_on desc, complaint_id desc) = 1
)

select * from products
