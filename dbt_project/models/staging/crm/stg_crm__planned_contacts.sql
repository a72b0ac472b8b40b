with delivered as (
    select * from {{ source('raw', 'crm_planned_contacts') }}
),

planned_contacts as (
    select
        contact_id,
        customer_id,
        agent_id,
        case kind
            when '关怀' then 'care'
            when '续约' then 'renewal'
            when '回访' then 'follow_up'
            when '培训' then 'training'
        end as contact_kind,
        due_on,
        {{ to_utc('done', 'Asia/Shanghai') }} as done_at,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('updated_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from planned_contacts
