with incident_events as (
    select * from {{ ref('stg_uci_incident__incident_events') }}
),

last_events as (
    select
        *,
        max(reopen_count) over (partition by ticket_id) as largest_reopen_count
    from incident_events
    qualify row_number() over (partition by ticket_id order by event_sequence desc) = 1
),

tickets as (
    select
        ticket_id,
        customer_id,
        agent_id,
        team_id,
        channel_code,
        'technical_support' as request_type_code,
        priority_code,
        category as topic,
        status,
        opened_at as created_at,
        -- Every row of the export carries the final stamps: they hold once the log shows the state.
        case when status in ('resolved', 'closed') then resolved_at end as resolved_at,
        case when status = 'closed' then closed_at end as closed_at,
        largest_reopen_count as reopen_count,
        reassignment_count,
        is_sla_met_reported,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from last_events
)

select * from tickets
