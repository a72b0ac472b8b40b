with events as (
    select * from {{ ref("int_ticket_events__ordered") }}
),

milestones as (
    select * from {{ ref("int_tickets__milestones") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

states as (
    select
        ticket_id,
        source_system,
        event_type,
        event_at as starts_at,
        lead(event_at) over (partition by ticket_id order by event_at asc, event_number asc)
            as next_at
    from events
    where event_type in ('waiting_started', 'waiting_ended', 'resolved', 'reopened', 'closed')
),

ended as (
    select
        states.ticket_id,
        states.event_type,
        greatest(states.starts_at, milestones.created_at) as starts_at,
        coalesce(milestones.resolved_at, milestones.closed_at, sources.data_until) as clock_ends_at,
        states.next_at
    from states
    inner join milestones
        on states.ticket_id = milestones.ticket_id
    left join sources
        on states.source_system = sources.source_system
    where states.event_type in ('waiting_started', 'resolved', 'closed')
),

clipped as (
    select
        ticket_id,
        event_type,
        starts_at,
        least(coalesce(next_at, clock_ends_at), clock_ends_at) as ends_at
    from ended
),

measured as (
    select
        ticket_id,
        event_type,
        greatest({{ seconds_between("starts_at", "ends_at") }}, 0) as state_seconds
    from clipped
),

final as (
    select
        ticket_id,
        cast(sum(case when event_type = 'waiting_started' then state_seconds else 0 end) as bigint)
            as paused_seconds,
        cast(sum(case when event_type <> 'waiting_started' then state_seconds else 0 end) as bigint)
            as reopen_gap_seconds
    from measured
    group by ticket_id
)

select * from final
