with surveys as (
    select * from {{ ref("int_surveys__deduplicated") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

received as (
    select
        surveys.*,
        sources.data_until,
        {{ local_date("surveys.sent_at", "parameters.reporting_time_zone") }} as sent_date,
        coalesce(
            {{ local_date("surveys.responded_at", "parameters.reporting_time_zone") }},
            surveys.responded_on
        ) as responded_date,
        {{ local_date("surveys.answer_due_at", "parameters.reporting_time_zone") }}
            as answer_due_date,
        coalesce(
            surveys.score between surveys.scale_min and surveys.scale_max
            and surveys.scale_min < surveys.scale_max,
            false
        ) as is_on_scale,
        surveys.sent_at is not null as is_sent,
        surveys.responded_at is not null
        or surveys.responded_on is not null
        or surveys.score is not null as is_received
    from surveys
    left join sources
        on surveys.source_system = sources.source_system
    cross join parameters
),

validated as (
    select
        *,
        is_received and hygiene_reason is null as is_valid_feedback,
        is_received and hygiene_reason is null and is_on_scale as is_valid_response,
        score is not null and not is_on_scale as is_score_outside_scale,
        score - scale_min as steps,
        scale_max - scale_min as scale_steps,
        is_received
        and hygiene_reason is null
        and coalesce(items_answered between 0 and items_asked, false) as are_items_known,
        coalesce(survey_type, 'unknown') as type_code
    from received
),

-- A low score lies below the middle of its scale; of recommendations, where the detractors are.
felt as (
    select
        *,
        is_valid_response
        and case
            when type_code = 'nps' and scale_max = 10 then score <= 6
            else 2 * steps < scale_steps
        end as is_low_score
    from validated
),

final as (
    select
        survey_id,
        sent_date,
        responded_date,
        is_sent,
        is_received,
        is_valid_feedback,
        is_score_outside_scale,
        is_valid_response,
        is_sent and is_valid_response as is_sent_answered,
        case
            when is_on_scale
                then cast(1 + cast(4 * steps as decimal(18, 6)) / scale_steps as decimal(9, 6))
        end as csat_points,
        cast(
            case
                when not is_valid_response or type_code <> 'nps' then null
                when scale_max <> 10 or scale_min not in (0, 1) then null
                when score >= 9 then 1
                when score >= 7 then 0
                else -1
            end as bigint
        ) as nps_vote,
        is_valid_response and type_code = 'csat' as is_csat_answer,
        is_valid_response and type_code = 'csat' and 4 * steps >= 3 * scale_steps
            as is_top_box,
        is_valid_response and type_code = 'ces' as is_ces_answer,
        is_valid_response and type_code = 'ces' and 3 * steps >= 2 * scale_steps
            as is_easy,
        is_valid_response and type_code = 'callback' as is_callback_answer,
        is_valid_response and type_code = 'complaint_csat'
            as is_complaint_csat_answer,
        is_valid_response and type_code = 'callback' and 4 * steps >= 3 * scale_steps
            as is_callback_top_box,
        is_valid_response and type_code = 'complaint_csat' and 4 * steps >= 3 * scale_steps
            as is_complaint_top_box,
        case when are_items_known then items_asked end as valid_items_asked,
        case when are_items_known then items_answered end as valid_items_answered,
        is_low_score,
        answer_due_date,
        is_valid_feedback
        and (is_low_score or comment is not null)
        and answer_due_at is not null
        and (answered_at is not null or coalesce(answer_due_at <= data_until, false))
            as is_feedback_answer_due,
        is_valid_feedback
        and (is_low_score or comment is not null)
        and coalesce(answered_at <= answer_due_at, false) as is_feedback_answered_in_time
    from felt
)

select * from final
