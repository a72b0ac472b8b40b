with measured as (
    select * from {{ ref("int_calls__measured") }}
),

scopes as (
    select * from {{ ref("int_calls__scopes") }}
),

final as (
    select
        measured.call_id as call_key,
        measured.source_system,
        measured.batch_id,
        measured.source_row,
        measured.natural_id as call_id,
        scopes.ticket_key,
        scopes.agent_key,
        scopes.agent_id,
        scopes.team_key,
        scopes.department_key,
        scopes.channel_key,
        scopes.customer_key,
        scopes.customer_id,
        scopes.location_key,
        scopes.region_key,
        scopes.segment_key,
        scopes.company_size_key,
        scopes.value_tier_key,
        scopes.language_key,
        measured.offered_at,
        measured.offered_date,
        measured.answered_at,
        measured.abandoned_at,
        measured.ended_at,
        measured.wait_seconds,
        measured.talk_seconds,
        measured.hold_seconds,
        measured.wrap_seconds,
        measured.handle_seconds,
        measured.answer_within_seconds,
        measured.is_answered,
        measured.is_abandoned,
        measured.is_queue_left,
        measured.is_wait_measured,
        measured.is_handling_measured,
        measured.is_service_level_counted,
        measured.is_answered_in_target
    from measured
    inner join scopes
        on measured.call_id = scopes.call_id
)

select * from final
