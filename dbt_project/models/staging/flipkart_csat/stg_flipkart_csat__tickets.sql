with contacts as (
    select * from {{ ref('stg_flipkart_csat__contacts') }}
),

tickets as (
    select
        contact_id as ticket_id,
        agent_name as agent_id,
        team_id,
        case channel_name
            when 'Inbound' then 'phone'
            when 'Outcall' then 'phone'
            when 'Email' then 'email'
        end as channel_code,
        case category
            when 'Returns' then 'after_sales'
            when 'Order Related' then 'after_sales'
            when 'Refund Related' then 'after_sales'
            when 'Cancellation' then 'after_sales'
            when 'Product Queries' then 'inquiry'
            when 'Offers & Cashback' then 'inquiry'
            when 'App/website' then 'technical_support'
        end as request_type_code,
        category as topic,
        reported_at as created_at,
        responded_at as first_response_at,
        true as needs_answer,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from contacts
)

select * from tickets
