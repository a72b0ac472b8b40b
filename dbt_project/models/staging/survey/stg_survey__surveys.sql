with delivered as (
    select * from {{ source('raw', 'survey_surveys') }}
),

surveys as (
    select
        survey_id,
        case kind
            when 'CSAT' then 'csat'
            when 'NPS' then 'nps'
            when 'CES' then 'ces'
            when 'CALLBACK' then 'callback'
            when 'COMPLAINT_CSAT' then 'complaint_csat'
            when 'SERVQUAL' then 'servqual'
        end as survey_type,
        'crm:' || ticket as ticket_id,
        'shop:' || order_ref as order_id,
        'complaint:' || complaint as complaint_id,
        'crm:' || customer as customer_id,
        'crm:' || agent as agent_id,
        case channel
            when 'sms' then 'messaging'
            when 'wechat' then 'messaging'
            when 'email' then 'email'
            when 'phone' then 'phone'
            when 'app' then 'app'
        end as channel_code,
        {{ to_utc('sent_at', 'UTC') }} as sent_at,
        {{ to_utc('responded_at', 'UTC') }} as responded_at,
        score,
        scale_min,
        scale_max,
        items_asked,
        items_answered,
        comment,
        comment_language,
        case flag
            when 'EMPTY' then 'empty'
            when 'DUP' then 'duplicate'
            when 'SPAM' then 'spam'
            when 'STAFF' then 'agent_authored'
        end as hygiene_reason,
        {{ to_utc('reply_due_at', 'UTC') }} as answer_due_at,
        {{ to_utc('replied_at', 'UTC') }} as answered_at,
        'survey' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('updated_at', 'UTC') }} as source_updated_at
    from delivered
)

select * from surveys
