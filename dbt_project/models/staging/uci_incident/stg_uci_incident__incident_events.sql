with delivered as (
    select * from {{ source('raw', 'uci_incident_incident_events') }}
),

incident_events as (
    select
        incident_number as ticket_id,
        row_number() over (
            partition by incident_number
            order by sys_mod_count, sys_updated_at, _source_file, _row_number
        ) as event_sequence,
        sys_mod_count as modification_count,
        case
            when incident_state in ('New', 'Active') then 'open'
            when incident_state like 'Awaiting %' then 'waiting'
            when incident_state = 'Resolved' then 'resolved'
            when incident_state = 'Closed' then 'closed'
        end as status,
        case
            when incident_state = 'Awaiting User Info' then 'customer'
            when incident_state like 'Awaiting %' then 'third_party'
        end as pause_reason,
        case priority
            when '1 - Critical' then 'urgent'
            when '2 - High' then 'urgent'
            when '3 - Moderate' then 'general'
            when '4 - Low' then 'routine'
        end as priority_code,
        case contact_type when 'Phone' then 'phone' when 'Email' then 'email' end as channel_code,
        nullif(caller_id, '?') as customer_id,
        nullif(location, '?') as region,
        nullif(category, '?') as category,
        nullif(assignment_group, '?') as team_id,
        nullif(assigned_to, '?') as agent_id,
        reassignment_count,
        reopen_count,
        is_made_sla as is_sla_met_reported,
        {{ to_utc('opened_at', 'UTC') }} as opened_at,
        {{ to_utc('sys_updated_at', 'UTC') }} as updated_at,
        {{ to_utc('resolved_at', 'UTC') }} as resolved_at,
        {{ to_utc('closed_at', 'UTC') }} as closed_at,
        'uci_incident' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('sys_updated_at', 'UTC') }} as source_updated_at
    from delivered
)

select * from incident_events
