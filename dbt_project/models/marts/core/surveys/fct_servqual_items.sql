with items as (
    select * from {{ ref("int_servqual_items__deduplicated") }}
),

surveys as (
    select * from {{ ref("int_surveys__deduplicated") }}
),

final as (
    select
        items.survey_id || ':' || cast(items.item_number as varchar) as servqual_item_key,
        items.source_system,
        items.batch_id,
        items.source_row,
        coalesce(surveys.survey_id, 'unknown') as survey_key,
        items.item_number,
        items.expectation_score,
        items.perception_score,
        items.scale_min,
        items.scale_max,
        items.perception_score - items.expectation_score as gap
    from items
    left join surveys
        on items.survey_id = surveys.survey_id
)

select * from final
