with events as (
    select * from {{ ref("int_complaint_events__deduplicated") }}
),

complaints as (
    select * from {{ ref("int_complaints__deduplicated") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        events.event_id as complaint_event_key,
        events.source_system,
        events.batch_id,
        events.source_row,
        events.natural_id as event_id,
        coalesce(complaints.complaint_id, 'unknown') as complaint_key,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(events.stage, 'unknown') as stage,
        events.entered_at,
        {{ local_date("events.entered_at", "parameters.reporting_time_zone") }} as entered_date,
        events.note
    from events
    left join complaints
        on events.complaint_id = complaints.complaint_id
    left join agents
        on
            events.agent_id = agents.agent_id
            and events.entered_at >= agents.valid_from
            and events.entered_at < agents.valid_to
    cross join parameters
)

select * from final
