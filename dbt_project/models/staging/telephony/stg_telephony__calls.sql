with delivered as (
    select * from {{ source('raw', 'telephony_calls') }}
),

calls as (
    select
        call_id,
        'crm:' || customer as customer_id,
        'crm:' || ticket as ticket_id,
        'crm:' || agent as agent_id,
        'crm:' || queue as team_id,
        'phone' as channel_code,
        {{ to_utc('offered_at', 'Asia/Shanghai') }} as offered_at,
        {{ to_utc('answered_at', 'Asia/Shanghai') }} as answered_at,
        {{ to_utc('abandoned_at', 'Asia/Shanghai') }} as abandoned_at,
        {{ to_utc('ended_at', 'Asia/Shanghai') }} as ended_at,
        queue_seconds,
        talk_seconds,
        hold_seconds,
        wrap_seconds,
        'telephony' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('coalesce(ended_at, offered_at)', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from calls
