with delivered as (
    select * from {{ source('raw', 'flipkart_csat_contacts') }}
),

contacts as (
    select
        contact_id,
        channel_name,
        category,
        sub_category,
        customer_remarks,
        order_id,
        {{ to_utc('ordered_at', 'UTC') }} as ordered_at,
        {{ to_utc('issue_reported_at', 'UTC') }} as reported_at,
        {{ to_utc('issue_responded_at', 'UTC') }} as responded_at,
        survey_response_date as survey_responded_on,
        agent_name,
        supervisor,
        manager,
        supervisor || ' (' || manager || ')' as team_id,
        tenure_bucket,
        agent_shift,
        csat_score,
        'flipkart_csat' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('issue_responded_at', 'UTC') }} as source_updated_at
    from delivered
)

select * from contacts
