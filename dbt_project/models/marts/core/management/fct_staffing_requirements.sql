with requirements as (
    select * from {{ ref("int_staffing_requirements__deduplicated") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

final as (
    select
        requirements.requirement_id as requirement_key,
        requirements.source_system,
        requirements.batch_id,
        requirements.source_row,
        requirements.natural_id as requirement_id,
        coalesce(teams.team_id, 'unknown') as team_key,
        coalesce(teams.department_id, 'unknown') as department_key,
        coalesce(requirements.skill, 'unknown') as skill_key,
        requirements.required_date,
        requirements.required_minutes
    from requirements
    left join teams
        on requirements.team_id = teams.team_id
)

select * from final
