with delivered as (
    select * from {{ source('raw', 'crm_ticket_stages') }}
),

ticket_stages as (
    select
        ticket_id,
        ticket_id || '-' || stage_no as visit_id,
        stage_no as visit_sequence,
        -- A word that is not known here is kept: the process does not have it, and says so.
        case stage
            when '识别' then 'identify'
            when '分析' then 'analyse'
            when '计划' then 'plan'
            when '执行' then 'execute'
            when '验证' then 'verify'
            when '回访' then 'follow_up'
            when '归档' then 'archive'
            else stage
        end as stage_code,
        {{ to_utc('entered_at', 'Asia/Shanghai') }} as entered_at,
        owner as agent_id,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('entered_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from ticket_stages
