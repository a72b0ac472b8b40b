{{ config(materialized="table") }}

with tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

acts as (
    select * from {{ ref("int_tickets__acts") }}
),

final as (
    select
        tickets.source_system,
        bool_or(tickets.registered_at is not null) as reports_registration,
        bool_or(tickets.followed_up_at is not null) as reports_follow_ups,
        bool_or(coalesce(acts.escalation_count > 0, false)) as reports_escalations
    from tickets
    left join acts
        on tickets.ticket_id = acts.ticket_id
    group by tickets.source_system
)

select * from final
