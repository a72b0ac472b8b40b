with delivered as (
    select * from {{ source('raw', 'workforce_improvement_actions') }}
),

improvement_actions as (
    select
        action_id,
        kpi_code,
        scope_type,
        case
            when scope_type in ('department', 'team', 'agent') then 'crm:' || scope_id
            else scope_id
        end as scope_id,
        'crm:' || owner_id as owner_id,
        case kind when '改进' then 'improvement' when '辅导' then 'coaching' end as action_kind,
        case stage
            when 'P' then 'plan'
            when 'D' then 'do'
            when 'C' then 'check'
            when 'A' then 'act'
        end as action_stage,
        description,
        opened_on,
        due_on,
        closed_on,
        case verified when 'Y' then true when 'N' then false end as is_verified_effective,
        'workforce' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from improvement_actions
