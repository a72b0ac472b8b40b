with delivered as (
    select * from {{ source('raw', 'qa_qa_reviews') }}
),

qa_reviews as (
    select
        review_id,
        'crm:' || ticket_id as ticket_id,
        'crm:' || agent_id as agent_id,
        inspector_id,
        case inspector_kind
            when '服务质检' then 'service'
            when '质量部' then 'quality'
            when '第三方' then 'third_party'
        end as inspector_kind,
        case inspection_kind when '日常' then 'daily' when '专项' then 'special' end
            as inspection_kind,
        {{ to_utc('reviewed_at', 'Asia/Shanghai') }} as reviewed_at,
        'qa' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('reviewed_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from qa_reviews
