{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_key",
    column="ticket_id"
) }}

with events as (
    select * from {{ touched(ref("fct_ticket_events"), key="ticket_key") }}
    where ticket_key <> 'unknown'
),

tickets as (
    select * from {{ touched(ref("fct_tickets"), key="ticket_key") }}
),

assigned as (
    select
        *,
        lag(agent_id) over assignments as previous_agent_id,
        lag(team_key) over assignments as previous_team_key
    from events
    where event_type = 'assigned'
    window assignments as (
        partition by ticket_key
        order by event_number asc
    )
),

-- Who is assigned again to what they hold has not received it.
handed_over as (
    select
        *,
        lag(department_key) over (partition by ticket_key order by event_number asc)
            as from_department_key,
        lead(event_number, 1, 1000000000) over (partition by ticket_key order by event_number asc)
            as next_number
    from assigned
    where
        previous_agent_id is null
        or agent_id <> previous_agent_id
        or (agent_id = 'unknown' and team_key <> previous_team_key)
    qualify
        from_department_key <> department_key
        and from_department_key <> 'unknown'
        and department_key <> 'unknown'
),

acted as (
    select
        handed_over.event_key,
        min(events.event_at) as first_action_at,
        arg_min(events.event_date, events.event_at) as first_action_date
    from handed_over
    inner join events
        on
            handed_over.ticket_key = events.ticket_key
            and handed_over.agent_id = events.agent_id
            and handed_over.event_number < events.event_number
            and handed_over.next_number > events.event_number
    where events.actor_type = 'agent' and handed_over.agent_id <> 'unknown'
    group by handed_over.event_key
),

final as (
    select
        handed_over.event_key as handover_key,
        handed_over.source_system,
        handed_over.batch_id,
        handed_over.source_row,
        handed_over.ticket_key,
        handed_over.agent_key,
        handed_over.agent_id,
        handed_over.team_key,
        handed_over.department_key,
        handed_over.from_department_key,
        handed_over.channel_key,
        tickets.request_type_key,
        tickets.priority_key,
        handed_over.event_at as handed_over_at,
        acted.first_action_at,
        handed_over.event_date as handed_over_date,
        acted.first_action_date,
        cast(
            {{ seconds_between("handed_over.event_at", "acted.first_action_at") }} as bigint
        ) as handover_seconds,
        tickets.is_counted and coalesce(acted.first_action_at >= handed_over.event_at, false)
            as is_handover_measured
    from handed_over
    inner join tickets
        on handed_over.ticket_key = tickets.ticket_key
    left join acted
        on handed_over.event_key = acted.event_key
)

select * from final
