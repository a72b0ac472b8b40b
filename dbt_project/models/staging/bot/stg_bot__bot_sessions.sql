with delivered as (
    select * from {{ source('raw', 'bot_bot_sessions') }}
),

bot_sessions as (
    select
        session_id,
        'crm:' || customer as customer_id,
        'crm:' || ticket as ticket_id,
        'bot' as channel_code,
        topic,
        {{ to_utc('started_at', 'UTC') }} as started_at,
        {{ to_utc('ended_at', 'UTC') }} as ended_at,
        handed_over as is_handed_over,
        'bot' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        coalesce({{ to_utc('ended_at', 'UTC') }}, {{ to_utc('started_at', 'UTC') }})
            as source_updated_at
    from delivered
)

select * from bot_sessions
