with surveys as (
    select * from {{ ref("int_surveys__deduplicated") }}
),

scopes as (
    select * from {{ ref("int_surveys__scopes") }}
),

scored as (
    select * from {{ ref("int_surveys__scored") }}
),

callbacks as (
    select * from {{ ref("int_surveys__callbacks") }}
),

final as (
    select
        surveys.survey_id as survey_key,
        surveys.source_system,
        surveys.batch_id,
        surveys.source_row,
        surveys.natural_id as survey_id,
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
        coalesce(surveys.survey_type, 'unknown') as survey_type,
        scopes.ticket_key,
        scopes.order_key,
        scopes.complaint_key,
        surveys.sent_at,
        surveys.responded_at,
        scored.sent_date,
        scored.responded_date,
        surveys.score,
        surveys.scale_min,
        surveys.scale_max,
        scored.csat_points,
        scored.nps_vote,
        surveys.items_asked,
        surveys.items_answered,
        surveys.hygiene_reason,
        surveys.comment,
        surveys.comment_language,
        scored.is_sent,
        scored.is_received,
        scored.is_valid_feedback,
        scored.is_score_outside_scale,
        scored.is_valid_response,
        scored.is_sent_answered,
        scored.is_csat_answer,
        scored.is_top_box,
        scored.nps_vote is not null as is_nps_answer,
        coalesce(scored.nps_vote = 1, false) as is_promoter,
        coalesce(scored.nps_vote = 0, false) as is_passive,
        coalesce(scored.nps_vote = -1, false) as is_detractor,
        scored.is_ces_answer,
        scored.is_easy,
        scored.is_callback_answer,
        scored.is_callback_top_box,
        callbacks.survey_id is not null as is_resolution_compared,
        coalesce(callbacks.is_resolved_said and not callbacks.is_solved_said, false)
            as is_resolution_disputed,
        scored.is_complaint_csat_answer,
        scored.is_complaint_top_box,
        scored.valid_items_asked,
        scored.valid_items_answered,
        scored.is_low_score,
        surveys.answer_due_at,
        surveys.answered_at,
        scored.answer_due_date,
        scored.is_feedback_answer_due,
        scored.is_feedback_answered_in_time
    from surveys
    left join scopes
        on surveys.survey_id = scopes.survey_id
    left join scored
        on surveys.survey_id = scored.survey_id
    left join callbacks
        on surveys.survey_id = callbacks.survey_id
)

select * from final
