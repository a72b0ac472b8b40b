with incident_events as (
    select * from {{ ref('stg_uci_incident__incident_events') }}
),

agents as (
    select
        agent_id,
        min(opened_at) over (partition by agent_id) as effective_at,
        agent_id as agent_name,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from incident_events
    where agent_id is not null
    qualify
        row_number() over (
            partition by agent_id
            order by updated_at desc, ticket_id desc, event_sequence desc
        ) = 1
)

select * from agents
