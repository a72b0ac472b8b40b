with delivered as (
    select * from {{ source('raw', 'workforce_staffing_requirements') }}
),

staffing_requirements as (
    select
        requirement_id,
        'crm:' || team_id as team_id,
        skill,
        required_date,
        required_minutes,
        'workforce' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from staffing_requirements
