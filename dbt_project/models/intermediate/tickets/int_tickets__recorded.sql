with tickets as (
    select
        *,
        exclusion_reason is null as is_counted
    from {{ touched(ref("int_tickets__deduplicated")) }}
),

conducted as (
    select * from {{ ref("int_tickets__conducted") }}
),

dossiers as (
    select * from {{ ref("int_tickets__dossiers") }}
),

known as (
    select
        tickets.*,
        conducted.solver_id,
        conducted.owner_change_count,
        conducted.is_registered_first,
        conducted.is_escalated,
        conducted.has_parties,
        conducted.is_followed_up,
        dossiers.missing_parts as missing_dossier_parts,
        tickets.is_counted and conducted.is_registration_due as is_registration_known,
        tickets.is_counted and conducted.reports_escalations as is_escalation_known,
        tickets.is_counted
        and tickets.has_contact is not null
        and tickets.has_description is not null as is_record_known,
        tickets.is_counted and tickets.has_confirmed_error is not null as is_error_known,
        tickets.is_counted and conducted.is_closed as is_closed_counted,
        conducted.reports_follow_ups
    from tickets
    inner join conducted
        on tickets.ticket_id = conducted.ticket_id
    left join dossiers
        on
            conducted.dossier_parts = dossiers.dossier_parts
            and conducted.closed_date = dossiers.closed_date
),

closed as (
    select
        *,
        is_closed_counted and dossier_parts is not null as is_dossier_known,
        is_closed_counted and first_owner_id is not null as is_owner_known,
        is_closed_counted and is_confirmed_by_customer is not null as is_confirmation_known,
        is_closed_counted and reports_follow_ups as is_follow_up_known
    from known
),

final as (
    select
        ticket_id,
        source_system,
        registered_at,
        followed_up_at,
        first_owner_id,
        owner_id,
        solver_id,
        missing_dossier_parts,
        is_registration_known,
        is_registration_known and is_registered_first as is_registered_before_handled,
        is_record_known,
        is_record_known and has_parties and has_contact and has_description as is_record_complete,
        is_escalation_known,
        is_escalation_known and is_escalated as is_escalated,
        is_error_known,
        is_error_known and has_confirmed_error as is_error_confirmed,
        is_closed_counted,
        is_dossier_known,
        is_dossier_known and missing_dossier_parts is null as is_dossier_complete,
        is_owner_known,
        is_owner_known and coalesce(owner_change_count = 0 and owner_id = first_owner_id, false)
            as is_first_owner_kept,
        is_confirmation_known,
        is_confirmation_known and is_confirmed_by_customer as is_completion_confirmed,
        is_follow_up_known,
        is_follow_up_known and is_followed_up as is_followed_up
    from closed
)

select * from final
