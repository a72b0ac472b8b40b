with delivered as (
    select * from {{ source('raw', 'crm_tickets') }}
),

tickets as (
    select
        ticket_id,
        customer_id,
        assignee as agent_id,
        team_id,
        product_id,
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
        case request_type
            when '咨询' then 'inquiry'
            when '技术支持' then 'technical_support'
            when '售后' then 'after_sales'
            when '业务办理' then 'business_application'
            when '投诉' then 'complaint'
            when '建议' then 'suggestion'
        end as request_type_code,
        case priority
            when '1 - urgent' then 'urgent'
            when '2 - general' then 'general'
            when '3 - routine' then 'routine'
        end as priority_code,
        case complexity
            when '简单' then 'simple'
            when '标准' then 'standard'
            when '复杂' then 'complex'
        end as complexity,
        topic,
        case language when 'zh-CN' then 'zh' when 'en-US' then 'en' end as language,
        case status
            when '处理中' then 'open'
            when '等待客户' then 'waiting'
            when '已解决' then 'resolved'
            when '已关闭' then 'closed'
        end as status,
        {{ to_utc('created', 'Asia/Shanghai') }} as created_at,
        {{ to_utc('first_reply', 'Asia/Shanghai') }} as first_response_at,
        {{ to_utc('resolved', 'Asia/Shanghai') }} as resolved_at,
        {{ to_utc('closed', 'Asia/Shanghai') }} as closed_at,
        reopen_count,
        reassignment_count,
        agent_replies as agent_reply_count,
        case needs_answer when 'Y' then true when 'N' then false end as needs_answer,
        case confirmed when 'Y' then true when 'N' then false end as is_confirmed_by_customer,
        case sla_met when 'Y' then true when 'N' then false end as is_sla_met_reported,
        case exclusion
            when '垃圾' then 'spam'
            when '重复' then 'duplicate'
            when '合并' then 'merged'
            when '测试' then 'test'
        end as exclusion_reason,
        parent_ticket as parent_ticket_id,
        {{ to_utc('registered', 'Asia/Shanghai') }} as registered_at,
        {{ to_utc('followed_up', 'Asia/Shanghai') }} as followed_up_at,
        first_contact as first_owner_id,
        owner as owner_id,
        case contact_on_file when 'Y' then true when 'N' then false end as has_contact,
        case description_on_file when 'Y' then true when 'N' then false end as has_description,
        case service_error when 'Y' then true when 'N' then false end as has_confirmed_error,
        case agreed_switch when 'Y' then true when 'N' then false end as is_agreed_switch,
        -- The CRM archives at closing: a closed ticket with an empty field has an empty dossier.
        case when closed is not null then coalesce(dossier, '') end as dossier_parts,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('updated_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from tickets
