with delivered as (
    select * from {{ source('raw', 'crm_ticket_events') }}
),

ticket_events as (
    select
        ticket_id,
        ticket_id || '-' || event_no as event_id,
        event_no as event_sequence,
        {{ to_utc('event_at', 'Asia/Shanghai') }} as event_at,
        case event
            when 'CREATE' then 'created'
            when 'ASSIGN' then 'assigned'
            when 'REPLY' then 'replied'
            when 'CUSTOMER_REPLY' then 'customer_replied'
            when 'NOTE' then 'noted'
            when 'PENDING' then 'waiting_started'
            when 'RESUME' then 'waiting_ended'
            when 'RESOLVE' then 'resolved'
            when 'REOPEN' then 'reopened'
            when 'CLOSE' then 'closed'
            when 'ESCALATE' then 'escalated'
            when 'PRIORITY' then 'priority_changed'
            when 'OWNER' then 'owner_changed'
            when 'ACKNOWLEDGE' then 'acknowledged'
            when 'EXEMPT' then 'exempted'
        end as event_type,
        case actor
            when 'C' then 'customer'
            when 'A' then 'agent'
            when 'B' then 'bot'
            when 'S' then 'system'
        end as actor_type,
        agent_id,
        team_id,
        case channel
            when '电话' then 'phone'
            when '邮件' then 'email'
            when '网页表单' then 'web_form'
            when '在线客服' then 'web_chat'
            when '小程序' then 'mini_program'
            when 'APP' then 'app'
            when '社交媒体' then 'social'
            when '即时通讯' then 'messaging'
            when '视频' then 'video'
            when '现场' then 'on_site'
            when '门店' then 'shop'
            when '社区' then 'community'
            when '机器人' then 'bot'
        end as channel_code,
        case from_value
            when '1 - urgent' then 'urgent'
            when '2 - general' then 'general'
            when '3 - routine' then 'routine'
            else from_value
        end as from_value,
        case to_value
            when '1 - urgent' then 'urgent'
            when '2 - general' then 'general'
            when '3 - routine' then 'routine'
            when '等待客户' then 'customer'
            when '等待第三方' then 'third_party'
            when '不可抗力' then 'force_majeure'
            when '客户失联' then 'customer_unreachable'
            when '约定时间' then 'agreed_date'
            else to_value
        end as to_value,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('event_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from ticket_events
