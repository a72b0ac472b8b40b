{{ config(
    materialized="by_key",
    keys="int_increments__touched_events",
    key="event_key",
    column="event_id"
) }}

with events as (
    select * from
        {{ touched(
            ref("int_ticket_events__ordered"),
            ref("int_increments__touched_events"),
            key="event_id",
            column="event_id"
        ) }}
),

tickets as (
    select * from {{ touched(ref("int_tickets__scopes")) }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        events.event_id as event_key,
        events.source_system,
        events.batch_id,
        events.source_row,
        events.natural_id as event_id,
        case when events.ticket_id is not null then coalesce(tickets.ticket_id, 'unknown') end
            as ticket_key,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(teams.team_id, agents.team_key, 'unknown') as team_key,
        coalesce(teams.department_id, agents.department_key, 'unknown') as department_key,
        coalesce(events.channel_code, tickets.channel_key, 'unknown') as channel_key,
        coalesce(tickets.customer_key, 'unknown') as customer_key,
        coalesce(tickets.customer_id, 'unknown') as customer_id,
        events.event_number,
        coalesce(events.event_type, 'unknown') as event_type,
        coalesce(events.actor_type, 'unknown') as actor_type,
        events.event_at,
        {{ local_date("events.event_at", "parameters.reporting_time_zone") }} as event_date,
        events.from_value,
        events.to_value
    from events
    left join tickets
        on events.ticket_id = tickets.ticket_id
    left join agents
        on
            events.agent_id = agents.agent_id
            and events.event_at >= agents.valid_from
            and events.event_at < agents.valid_to
    left join teams
        on events.team_id = teams.team_id
    cross join parameters
)

select * from final
