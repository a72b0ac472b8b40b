with delivered_complaints as (
    select * from {{ ref('stg_cfpb__delivered_complaints') }}
),

complaints as (
    select
        complaint_id,
        company as department_id,
        product_id,
        case submitted_via
            when 'Web' then 'web_form' when 'Phone' then 'phone' when 'Email' then 'email'
        end as channel_code,
        issue as category,
        case
            when company_response = 'In progress' then 'investigated'
            when company_response = 'Untimely response' then 'responded'
            when company_response like 'Closed%' then 'closed'
        end as status,
        received_on,
        sent_to_company_on as forwarded_on,
        is_timely_response as is_timely_reported,
        company_response <> 'In progress' as is_outcome_known,
        is_consumer_disputed as is_disputed,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from delivered_complaints
)

select * from complaints
