{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_key",
    column="ticket_id"
) }}

with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

scopes as (
    select * from {{ touched(ref("int_tickets__scopes")) }}
),

clocks as (
    select * from {{ touched(ref("int_tickets__clocks")) }}
),

judged as (
    select * from {{ touched(ref("int_tickets__judged")) }}
),

recorded as (
    select * from {{ ref("int_tickets__recorded") }}
),

repeats as (
    select * from {{ ref("int_tickets__repeats") }}
),

process as (
    select * from {{ touched(ref("int_tickets__process")) }}
),

skills as (
    select * from {{ ref("int_tickets__skills") }}
),

inspections as (
    select * from {{ ref("int_tickets__inspections") }}
),

final as (
    select
        tickets.ticket_id as ticket_key,
        tickets.source_system,
        tickets.batch_id,
        tickets.source_row,
        tickets.natural_id as ticket_id,
        scopes.agent_key,
        scopes.agent_id,
        scopes.team_key,
        scopes.department_key,
        scopes.channel_key,
        scopes.customer_key,
        scopes.customer_id,
        scopes.product_key,
        scopes.request_type_key,
        scopes.touchpoint_key,
        scopes.phase_key,
        scopes.priority_key,
        scopes.region_key,
        scopes.location_key,
        scopes.segment_key,
        scopes.company_size_key,
        scopes.value_tier_key,
        scopes.language_key,
        tickets.topic,
        tickets.language,
        coalesce(tickets.status, 'unknown') as status,
        milestones.created_at,
        milestones.first_response_at,
        milestones.resolved_at,
        milestones.closed_at,
        milestones.created_date,
        milestones.first_response_date,
        milestones.resolved_date,
        milestones.closed_date,
        milestones.acknowledged_at,
        clocks.calendar_code,
        clocks.first_response_policy_id,
        clocks.resolution_policy_id,
        clocks.first_response_clock,
        clocks.resolution_clock,
        clocks.first_response_minutes as first_response_target_minutes,
        clocks.resolution_minutes as resolution_target_minutes,
        milestones.sla_exemption_reason,
        judged.acknowledgement_due_at,
        judged.acknowledgement_due_date,
        clocks.first_response_due_at,
        clocks.first_response_due_date,
        clocks.resolution_due_at,
        clocks.resolution_due_date,
        judged.overdue_date,
        clocks.first_response_seconds,
        clocks.resolution_seconds,
        clocks.paused_seconds,
        clocks.reopen_gap_seconds,
        clocks.resolution_net_seconds,
        clocks.first_response_business_seconds,
        clocks.resolution_business_seconds,
        clocks.paused_business_seconds,
        clocks.reopen_gap_business_seconds,
        clocks.resolution_net_business_seconds,
        case when clocks.has_events then clocks.waiting_for_customer_seconds end
            as waiting_for_customer_seconds,
        case when clocks.has_events then clocks.on_hold_seconds end as on_hold_seconds,
        clocks.customer_wait_seconds,
        clocks.customer_wait_seconds - clocks.on_hold_seconds as agent_work_seconds,
        case when clocks.has_events then clocks.waiting_for_customer_business_seconds end
            as waiting_for_customer_business_seconds,
        case when clocks.has_events then clocks.on_hold_business_seconds end
            as on_hold_business_seconds,
        clocks.customer_wait_business_seconds,
        clocks.customer_wait_business_seconds - clocks.on_hold_business_seconds
            as agent_work_business_seconds,
        clocks.reply_count,
        clocks.reply_seconds,
        clocks.reply_business_seconds,
        milestones.reopen_count,
        milestones.reassignment_count,
        milestones.agent_reply_count,
        tickets.exclusion_reason,
        milestones.stamp_issue,
        tickets.is_sla_met_reported,
        tickets.is_confirmed_by_customer,
        judged.is_counted,
        judged.is_answer_due,
        judged.is_answered,
        judged.is_first_response_measured,
        judged.is_resolution_measured,
        judged.is_resolved,
        judged.is_outcome_known,
        judged.is_resolved_counted,
        judged.is_reopen_known,
        judged.is_reopened,
        judged.is_reassignment_known,
        judged.is_reply_count_known,
        judged.is_one_touch,
        judged.is_first_response_sla_applicable,
        judged.is_first_response_sla_met,
        judged.is_resolution_sla_applicable,
        judged.is_resolution_sla_met,
        recorded.registered_at,
        recorded.followed_up_at,
        recorded.first_owner_id,
        recorded.owner_id,
        recorded.solver_id,
        recorded.missing_dossier_parts,
        process.process_variant,
        process.process_deviations,
        process.is_process_known,
        process.is_process_conformant,
        repeats.asked_again_at,
        repeats.switched_channel_at,
        recorded.is_registration_known,
        recorded.is_registered_before_handled,
        recorded.is_record_known,
        recorded.is_record_complete,
        recorded.is_escalation_known,
        recorded.is_escalated,
        recorded.is_error_known,
        recorded.is_error_confirmed,
        recorded.is_closed_counted,
        recorded.is_dossier_known,
        recorded.is_dossier_complete,
        recorded.is_owner_known,
        recorded.is_first_owner_kept,
        recorded.is_confirmation_known,
        recorded.is_completion_confirmed,
        recorded.is_follow_up_known,
        recorded.is_followed_up,
        coalesce(repeats.is_repeat_known, false) as is_repeat_known,
        coalesce(repeats.is_without_repeat, false) as is_without_repeat,
        coalesce(repeats.is_switch_known, false) as is_switch_known,
        coalesce(repeats.is_channel_switched, false) as is_channel_switched,
        skills.is_skill_known,
        skills.is_skill_matched,
        inspections.is_inspection_due,
        inspections.is_inspected,
        judged.is_first_response_business_measured,
        judged.is_resolution_business_measured,
        judged.is_customer_wait_measured,
        judged.counted_reply_count,
        judged.is_acknowledgement_applicable,
        judged.is_acknowledged_on_time
    from tickets
    left join milestones
        on tickets.ticket_id = milestones.ticket_id
    left join scopes
        on tickets.ticket_id = scopes.ticket_id
    left join clocks
        on tickets.ticket_id = clocks.ticket_id
    left join judged
        on tickets.ticket_id = judged.ticket_id
    left join recorded
        on tickets.ticket_id = recorded.ticket_id
    left join process
        on tickets.ticket_id = process.ticket_id
    left join repeats
        on tickets.ticket_id = repeats.ticket_id
    left join skills
        on tickets.ticket_id = skills.ticket_id
    left join inspections
        on tickets.ticket_id = inspections.ticket_id
)

select * from final
