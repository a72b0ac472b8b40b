with shifts as (
    select * from {{ ref("int_staffing_shifts__deduplicated") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

final as (
    select
        shifts.shift_id as shift_key,
        shifts.source_system,
        shifts.batch_id,
        shifts.source_row,
        shifts.natural_id as shift_id,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(teams.team_id, agents.team_key, 'unknown') as team_key,
        coalesce(teams.department_id, agents.department_key, 'unknown') as department_key,
        coalesce(shifts.skill, 'unknown') as skill_key,
        shifts.shift_date,
        shifts.staffed_minutes
    from shifts
    left join agents
        on
            shifts.agent_id = agents.agent_id
            and cast(shifts.shift_date as timestamp) >= agents.valid_from
            and cast(shifts.shift_date as timestamp) < agents.valid_to
    left join teams
        on shifts.team_id = teams.team_id
)

select * from final
