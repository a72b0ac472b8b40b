with incident_events as (
    select * from {{ ref('stg_uci_incident__incident_events') }}
),

-- An update with an unknown state (-100) is passed over: what it changed shows in the next.
compared as (
    select
        *,
        lag(ticket_id) over updates is null as is_first,
        lag(status, 1, 'open') over updates as previous_status,
        lag(priority_code) over updates as previous_priority_code,
        lag(team_id) over updates as previous_team_id,
        lag(agent_id) over updates as previous_agent_id
    from incident_events
    where status is not null
    window updates as (partition by ticket_id order by event_sequence)
),

-- In the order in which the changes of one update are told.
event_types (event_type, change_order) as (
    values
    ('created', 1), ('priority_changed', 2), ('assigned', 3), ('waiting_ended', 4),
    ('reopened', 5), ('waiting_started', 6), ('resolved', 7), ('closed', 8)
),

changes as (
    select
        compared.*,
        event_types.event_type,
        event_types.change_order
    from compared
    cross join event_types
    where
        case event_types.event_type
            when 'created' then compared.is_first
            when 'priority_changed' then compared.priority_code <> compared.previous_priority_code
            when 'assigned'
                then
                    coalesce(compared.agent_id, compared.team_id) is not null
                    and (
                        compared.agent_id is distinct from compared.previous_agent_id
                        or compared.team_id is distinct from compared.previous_team_id
                    )
            when 'waiting_ended'
                then compared.previous_status = 'waiting' and compared.status <> 'waiting'
            when 'reopened'
                then
                    compared.previous_status in ('resolved', 'closed')
                    and compared.status in ('open', 'waiting')
            else
                compared.status <> compared.previous_status
                and compared.status
                = case event_types.event_type
                    when 'waiting_started' then 'waiting'
                    else event_types.event_type
                end
        end
),

ticket_events as (
    select
        ticket_id,
        ticket_id || '-' || event_sequence || '-' || event_type as event_id,
        row_number() over (partition by ticket_id order by event_sequence, change_order)
            as event_sequence,
        case event_type when 'created' then opened_at else updated_at end as event_at,
        event_type,
        agent_id,
        team_id,
        case event_type when 'created' then channel_code end as channel_code,
        case event_type
            when 'assigned' then previous_agent_id
            when 'priority_changed' then previous_priority_code
        end as from_value,
        case event_type
            when 'assigned' then agent_id
            when 'priority_changed' then priority_code
            when 'waiting_started' then pause_reason
        end as to_value,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from changes
)

select * from ticket_events
