with final as (
    select
        product_id as product_key,
        natural_id as product_id,
        source_system,
        coalesce(product_name, natural_id) as product_name,
        product_category
    from {{ ref("int_products__deduplicated") }}
    union all
    select
        'unknown' as product_key,
        'unknown' as product_id,
        'unknown' as source_system,
        'unknown' as product_name,
        null as product_category
)

select * from final
