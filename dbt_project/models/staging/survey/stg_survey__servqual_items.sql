with delivered as (
    select * from {{ source('raw', 'survey_servqual_items') }}
),

servqual_items as (
    select
        survey_id,
        item as item_number,
        expectation as expectation_score,
        perception as perception_score,
        scale_min,
        scale_max,
        'survey' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from servqual_items
