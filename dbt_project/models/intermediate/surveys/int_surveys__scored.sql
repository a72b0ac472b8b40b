with surveys as (
    select * from {{ ref("int_surveys__deduplicated") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

received as (
    select
        surveys.*,
        {{ local_date("surveys.sent_at", "parameters.reporting_time_zone") }} as sent_date,
        coalesce(
            {{ local_date("surveys.responded_at", "parameters.reporting_time_zone") }},
            surveys.responded_on
        ) as responded_date,
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
    cross join parameters
),

validated as (
    select
        *,
        is_received and hygiene_reason is null as is_valid_feedback,
        is_received and hygiene_reason is null and is_on_scale as is_valid_response,
        score is not null and not is_on_scale as is_score_outside_scale,
        score - scale_min as steps,
        scale_max - scale_min as scale_steps
    from received
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
                when not is_valid_response or survey_type is null or survey_type <> 'nps' then null
                when scale_max <> 10 or scale_min not in (0, 1) then null
                when score >= 9 then 1
                when score >= 7 then 0
                else -1
            end as bigint
        ) as nps_vote,
        is_valid_response and coalesce(survey_type = 'csat', false) as is_csat_answer,
        is_valid_response and coalesce(survey_type = 'csat', false) and 4 * steps >= 3 * scale_steps
            as is_top_box,
        is_valid_response and coalesce(survey_type = 'ces', false) as is_ces_answer,
        is_valid_response and coalesce(survey_type = 'ces', false) and 3 * steps >= 2 * scale_steps
            as is_easy,
        is_valid_response and coalesce(survey_type = 'callback', false) as is_callback_answer,
        is_valid_response and coalesce(survey_type = 'complaint_csat', false)
            as is_complaint_csat_answer
    from validated
)

select * from final
