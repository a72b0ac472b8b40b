with contacts as (
    select * from {{ ref('stg_flipkart_csat__contacts') }}
),

surveys as (
    select
        contact_id as survey_id,
        'csat' as survey_type,
        contact_id as ticket_id,
        agent_name as agent_id,
        survey_responded_on as responded_on,
        csat_score as score,
        1 as scale_min,
        5 as scale_max,
        customer_remarks as comment,
        case when customer_remarks is not null then 'en' end as comment_language,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from contacts
    where csat_score is not null
)

select * from surveys
