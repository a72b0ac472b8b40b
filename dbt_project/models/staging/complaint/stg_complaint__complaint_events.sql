with delivered as (
    select * from {{ source('raw', 'complaint_complaint_events') }}
),

complaint_events as (
    select
        complaint_id,
        event_id,
        case stage
            when '受理' then 'received'
            when '确认' then 'acknowledged'
            when '评估' then 'assessed'
            when '调查' then 'investigated'
            when '答复' then 'responded'
            when '决定' then 'decided'
            when '关闭' then 'closed'
            when '反馈改进' then 'fed_back'
        end as stage,
        {{ to_utc('entered_at', 'Asia/Shanghai') }} as entered_at,
        'crm:' || agent_id as agent_id,
        note,
        'complaint' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('entered_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from complaint_events
