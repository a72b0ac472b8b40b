with final as (
    select
        team_id as team_key,
        natural_id as team_id,
        source_system,
        coalesce(team_name, natural_id) as team_name,
        coalesce(department_id, 'unknown') as department_key
    from {{ ref("int_teams__deduplicated") }}
    union all
    select
        'unknown' as team_key,
        'unknown' as team_id,
        'unknown' as source_system,
        'unknown' as team_name,
        'unknown' as department_key
)

select * from final
