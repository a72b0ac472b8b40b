with delivered as (
    select * from {{ source('raw', 'qa_qa_review_items') }}
),

qa_review_items as (
    select
        review_id,
        case criterion
            when '服务态度' then 'attitude'
            when '流程规范' then 'process'
            when '响应时效' then 'timeliness'
            when '专业技能' then 'skill'
            when '问题解决' then 'solving'
            when '个性化' then 'customisation'
            when '信息准确' then 'accuracy'
            when '语言规范' then 'language_norm'
            when '透明度' then 'transparency'
            when '后续关怀' then 'follow_up_care'
        end as criterion,
        cast(weight as decimal(9, 4)) as weight,
        cast(score as decimal(9, 2)) as score,
        case critical when 'Y' then true when 'N' then false end as is_critical,
        case critical_failed when 'Y' then true when 'N' then false end as is_critical_failed,
        'qa' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from qa_review_items
