with shifts as (
    select * from {{ ref("int_staffing_shifts__deduplicated") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

requirements as (
    select * from {{ ref("fct_staffing_requirements") }}
),

-- A team for which nothing was required on a day is not compared.
required as (
    select
        team_key,
        required_date,
        max(required_minutes) as required_minutes
    from requirements
    group by team_key, required_date
),

placed as (
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
),

final as (
    select
        placed.shift_key,
        placed.source_system,
        placed.batch_id,
        placed.source_row,
        placed.shift_id,
        placed.agent_key,
        placed.agent_id,
        placed.team_key,
        placed.department_key,
        placed.skill_key,
        placed.shift_date,
        placed.staffed_minutes,
        case when required.team_key is not null then placed.staffed_minutes end as compared_minutes
    from placed
    left join required
        on
            placed.team_key = required.team_key
            and placed.shift_date = required.required_date
            and required.required_minutes > 0
)

select * from final
