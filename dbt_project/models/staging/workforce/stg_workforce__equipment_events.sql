with delivered as (
    select * from {{ source('raw', 'workforce_equipment_events') }}
),

equipment_events as (
    select
        event_id,
        device_id,
        case device_kind
            when '电脑' then 'computer'
            when '耳机' then 'headset'
            when '话机' then 'phone'
        end as device_kind,
        'crm:' || team_id as team_id,
        case event
            when '启用' then 'in_service'
            when '备用' then 'spare'
            when '检查' then 'check'
            when '故障' then 'failure'
            when '退役' then 'retired'
        end as event_kind,
        due_on,
        event_on,
        'workforce' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from equipment_events
