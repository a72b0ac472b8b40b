with delivered as (
    select * from {{ source('raw', 'workforce_appraisals') }}
),

appraisals as (
    select
        appraisal_id,
        'crm:' || agent_id as agent_id,
        due_on,
        done_on,
        case rating
            when '优' then 'excellent'
            when '良' then 'good'
            when '中' then 'fair'
            when '差' then 'poor'
        end as rating,
        'workforce' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from appraisals
