with events as (
    select * from {{ ref("int_equipment_events__deduplicated") }}
),

final as (
    select
        events.event_id as event_key,
        events.source_system,
        events.batch_id,
        events.source_row,
        events.natural_id as event_id,
        events.device_id,
        events.device_kind,
        events.event_kind,
        events.due_on as due_date,
        events.event_on as event_date
    from events
)

select * from final
