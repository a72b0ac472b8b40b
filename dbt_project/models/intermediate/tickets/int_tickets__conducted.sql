with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

acts as (
    select * from {{ touched(ref("int_tickets__acts")) }}
),

reported as (
    select * from {{ ref("int_tickets__reported") }}
),

rules as (
    select * from {{ ref("process_rules") }}
    where rule_code = 'follow_up_window'
),

final as (
    select
        tickets.ticket_id,
        tickets.dossier_parts,
        milestones.closed_date,
        milestones.closed_at is not null as is_closed,
        acts.first_handled_at,
        acts.solver_id,
        coalesce(acts.owner_change_count, 0) as owner_change_count,
        reported.reports_escalations,
        coalesce(acts.escalation_count, 0) > 0 as is_escalated,
        reported.reports_registration
        and (tickets.registered_at is not null or acts.first_handled_at is not null)
            as is_registration_due,
        coalesce(
            tickets.registered_at <= coalesce(acts.first_handled_at, tickets.registered_at), false
        ) as is_registered_first,
        reported.reports_follow_ups and rules.days is not null as reports_follow_ups,
        coalesce(
            tickets.followed_up_at >= milestones.closed_at
            and {{ seconds_between("milestones.closed_at", "tickets.followed_up_at") }}
            <= rules.days * 86400,
            false
        ) as is_followed_up,
        tickets.customer_id is not null
        and tickets.request_type_code is not null
        and milestones.agent_id is not null as has_parties
    from tickets
    inner join milestones
        on tickets.ticket_id = milestones.ticket_id
    left join acts
        on tickets.ticket_id = acts.ticket_id
    left join reported
        on tickets.source_system = reported.source_system
    left join rules
        on
            milestones.closed_date >= rules.valid_from
            and (rules.valid_to is null or milestones.closed_date < rules.valid_to)
)

select * from final
