with delivered as (
    select * from {{ source('raw', 'survey_survey_answers') }}
),

survey_answers as (
    select
        survey_id,
        item as item_code,
        score,
        scale_min,
        scale_max,
        'survey' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from survey_answers
