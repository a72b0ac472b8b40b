with delivered as (
    select * from {{ source('raw', 'crm_agents') }}
),

agents as (
    select
        agent_id,
        {{ to_utc('effective_from', 'Asia/Shanghai') }} as effective_at,
        agent_name,
        team_id,
        case role when '坐席' then 'agent' when '组长' then 'lead' end as agent_role,
        skills,
        hired_on,
        left_on,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('updated_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from agents
