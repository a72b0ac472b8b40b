{{ config(
    materialized="by_key",
    keys="int_increments__changed_events",
    key="ticket_id",
    column="ticket_id"
) }}

with events as (
    select * from
        {{ touched(
            ref("int_ticket_events__ordered"),
            stored("int_increments__changed_events"),
            nullable=true
        ) }}
),

final as (
    select
        ticket_id,
        min(event_at) filter (where actor_type = 'agent') as first_handled_at,
        count(*) filter (where event_type = 'escalated') as escalation_count,
        count(*) filter (
            where event_type = 'owner_changed' and from_value is distinct from to_value
        ) as owner_change_count,
        max_by(agent_id, event_number) filter (
            where event_type = 'resolved' and agent_id is not null
        ) as solver_id
    from events
    group by ticket_id
)

select * from final
