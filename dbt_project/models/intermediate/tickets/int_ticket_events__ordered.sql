{{ config(
    materialized="by_key",
    keys="int_increments__changed_events",
    key="ticket_id",
    column="ticket_id"
) }}

with events as (
    select * from {{ ref("int_ticket_events__deduplicated") }}
),

final as (
    select
        event_id,
        natural_id,
        ticket_id,
        source_system,
        batch_id,
        source_row,
        event_sequence,
        event_at,
        event_type,
        actor_type,
        agent_id,
        team_id,
        channel_code,
        from_value,
        to_value,
        row_number() over (
            partition by ticket_id
            order by event_sequence asc nulls last, event_at asc, event_id asc
        ) as event_number
    from events
)

select * from final
