with delivered as (
    select * from {{ source('raw', 'complaint_complaints') }}
),

complaints as (
    select
        complaint_id,
        'crm:' || ticket_id as ticket_id,
        'crm:' || customer_id as customer_id,
        'crm:' || agent_id as agent_id,
        'crm:' || team_id as team_id,
        'crm:' || department_id as department_id,
        'crm:' || product_id as product_id,
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
        case complaint_type
            when '技术' then 'technical'
            when '流程' then 'process'
            when '人员' then 'staff'
            when '产品' then 'product'
            when '价格' then 'price'
            when '环境' then 'environment'
        end as complaint_type_code,
        category,
        root_cause,
        case status
            when '待受理' then 'received'
            when '处理中' then 'investigated'
            when '已答复' then 'responded'
            when '已关闭' then 'closed'
        end as status,
        {{ to_utc('received_at', 'Asia/Shanghai') }} as received_at,
        forwarded_on,
        {{ to_utc('acknowledged_at', 'Asia/Shanghai') }} as acknowledged_at,
        {{ to_utc('promised_at', 'Asia/Shanghai') }} as promised_at,
        {{ to_utc('responded_at', 'Asia/Shanghai') }} as responded_at,
        {{ to_utc('resolved_at', 'Asia/Shanghai') }} as resolved_at,
        {{ to_utc('closed_at', 'Asia/Shanghai') }} as closed_at,
        case timely when '是' then true when '否' then false end as is_timely_reported,
        timely is not null as is_outcome_known,
        case agreed when '是' then true when '否' then false end as is_closed_agreed,
        true as are_stages_reported,
        case disputed when '是' then true when '否' then false end as is_disputed,
        'complaint' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('updated_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from complaints
