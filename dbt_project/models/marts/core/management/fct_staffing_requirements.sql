with requirements as (
    select * from {{ ref("int_staffing_requirements__deduplicated") }}
),

shifts as (
    select * from {{ ref("int_staffing_shifts__deduplicated") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

-- Outside the days of the shifts nobody knows who was there.
covered as (
    select
        min(shift_date) as first_date,
        max(shift_date) as last_date
    from shifts
    where staffed_minutes is not null
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
        requirements.required_minutes,
        case
            when
                requirements.required_minutes > 0
                and requirements.required_date between covered.first_date and covered.last_date
                then requirements.required_minutes
        end as compared_minutes
    from requirements
    cross join covered
    left join teams
        on requirements.team_id = teams.team_id
)

select * from final
