with delivered as (
    select * from {{ source('raw', 'cfpb_complaints') }}
),

delivered_complaints as (
    select
        complaint_id,
        product,
        sub_product,
        coalesce(product || ' / ' || sub_product, product) as product_id,
        issue,
        sub_issue,
        state,
        submitted_via,
        received_on,
        sent_to_company_on,
        company,
        company_response,
        is_timely_response,
        is_consumer_disputed,
        'cfpb' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from delivered_complaints
