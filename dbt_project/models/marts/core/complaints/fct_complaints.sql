with complaints as (
    select * from {{ ref("int_complaints__deduplicated") }}
),

scopes as (
    select * from {{ ref("int_complaints__scopes") }}
),

judged as (
    select * from {{ ref("int_complaints__judged") }}
),

history as (
    select * from {{ ref("int_complaints__history") }}
),

final as (
    select
        complaints.complaint_id as complaint_key,
        complaints.source_system,
        complaints.batch_id,
        complaints.source_row,
        complaints.natural_id as complaint_id,
        scopes.agent_key,
        scopes.agent_id,
        scopes.team_key,
        scopes.department_key,
        scopes.channel_key,
        scopes.customer_key,
        scopes.customer_id,
        scopes.ticket_key,
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
        coalesce(complaints.complaint_type_code, 'unknown') as complaint_type_key,
        complaints.category,
        complaints.root_cause,
        coalesce(complaints.root_cause, 'unknown') as root_cause_key,
        complaints.status,
        complaints.received_at,
        judged.received_date,
        complaints.forwarded_on,
        complaints.acknowledged_at,
        complaints.promised_at,
        complaints.responded_at,
        complaints.resolved_at,
        complaints.closed_at,
        judged.resolved_date,
        judged.closed_date,
        judged.promised_date,
        judged.answer_due_date,
        judged.handling_seconds,
        judged.business_handling_seconds,
        judged.acknowledgement_due_at,
        judged.acknowledgement_due_date,
        judged.stamp_issue,
        judged.is_handling_measured,
        judged.is_business_handling_measured,
        judged.is_acknowledgement_due,
        judged.is_acknowledged_in_time,
        judged.is_handling_timed,
        judged.is_resolved_within_24h,
        judged.is_resolved_within_72h,
        complaints.is_timely_reported,
        complaints.is_outcome_known,
        judged.is_answer_due,
        judged.is_answered_in_time,
        complaints.closed_at is not null as is_closed,
        complaints.is_closed_agreed,
        judged.is_agreement_known,
        judged.is_closed_with_agreement,
        history.is_repeat_known,
        history.is_repeat,
        history.is_loop_due,
        history.is_loop_closed,
        complaints.is_disputed
    from complaints
    left join scopes
        on complaints.complaint_id = scopes.complaint_id
    left join judged
        on complaints.complaint_id = judged.complaint_id
    left join history
        on complaints.complaint_id = history.complaint_id
)

select * from final
