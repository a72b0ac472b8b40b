with delivered as (
    select * from {{ source('raw', 'crm_teams') }}
),

teams as (
    select
        team_id,
        team_name,
        department_id,
        department_name,
        site as location_name,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from teams
