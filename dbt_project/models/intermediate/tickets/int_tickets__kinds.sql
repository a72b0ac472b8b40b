with tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

products as (
    select * from {{ ref("int_products__deduplicated") }}
),

request_types as (
    select * from {{ ref("request_types") }}
),

final as (
    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.team_id,
        tickets.language,
        coalesce(tickets.channel_code, 'unknown') as channel_key,
        coalesce(products.product_id, 'unknown') as product_key,
        coalesce(tickets.request_type_code, 'unknown') as request_type_key,
        coalesce(request_types.touchpoint, 'unknown') as touchpoint_key,
        coalesce(request_types.phase, 'unknown') as phase_key,
        coalesce(tickets.priority_code, 'unknown') as priority_key
    from tickets
    left join products
        on tickets.product_id = products.product_id
    left join request_types
        on tickets.request_type_code = request_types.request_type_code
)

select * from final
