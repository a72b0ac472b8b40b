with answers as (
    select * from {{ ref("int_survey_answers__deduplicated") }}
),

surveys as (
    select * from {{ ref("int_surveys__deduplicated") }}
),

final as (
    select
        answers.survey_id || ':' || answers.item_code as survey_answer_key,
        answers.source_system,
        answers.batch_id,
        answers.source_row,
        coalesce(surveys.survey_id, 'unknown') as survey_key,
        answers.item_code,
        answers.score,
        answers.scale_min,
        answers.scale_max,
        case
            when
                answers.score between answers.scale_min and answers.scale_max
                and answers.scale_min < answers.scale_max
                then cast(
                    1
                    + cast(4 * (answers.score - answers.scale_min) as decimal(18, 6))
                    / (answers.scale_max - answers.scale_min)
                    as decimal(9, 6)
                )
        end as csat_points
    from answers
    left join surveys
        on answers.survey_id = surveys.survey_id
)

select * from final
