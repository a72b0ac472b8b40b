with delivered as (
    select * from {{ source('raw', 'workforce_staffing_shifts') }}
),

staffing_shifts as (
    select
        shift_id,
        'crm:' || agent_id as agent_id,
        'crm:' || team_id as team_id,
        skill,
        shift_date,
        staffed_minutes,
        'workforce' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from staffing_shifts
