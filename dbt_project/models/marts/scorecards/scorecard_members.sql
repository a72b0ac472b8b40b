with builds as (
    select reporting_time_zone
    from {{ ref("dim_builds") }}
),

departments as (
    select
        department_key,
        department_name
    from {{ ref("dim_departments") }}
),

teams as (
    select
        teams.team_key,
        teams.team_name,
        departments.department_name
    from {{ ref("dim_teams") }} as teams
    inner join departments on teams.department_key = departments.department_key
),

agents as (
    select
        agents.agent_id,
        agents.agent_name,
        teams.team_name,
        departments.department_name,
        {{ local_date("agents.valid_from", "builds.reporting_time_zone") }} as from_date,
        case
            when agents.valid_to < timestamp '9999-01-01 00:00:00'
                then {{ local_date("agents.valid_to", "builds.reporting_time_zone") }}
            else date '9999-12-31'
        end as before_date
    from {{ ref("dim_agents") }} as agents
    inner join teams on agents.team_key = teams.team_key
    inner join departments on agents.department_key = departments.department_key
    cross join builds
),

-- Only agents move: they stand where they stood on the last day of a period.
members as (
    select
        'executive' as audience,
        'organisation' as scope_type,
        'all' as member_key,
        'Whole organisation' as member_name,
        cast(null as varchar) as team_name,
        cast(null as varchar) as department_name,
        date '0001-01-01' as from_date,
        date '9999-12-31' as before_date
    union all
    select
        'department' as audience,
        'department' as scope_type,
        department_key as member_key,
        department_name as member_name,
        cast(null as varchar) as team_name,
        department_name,
        date '0001-01-01' as from_date,
        date '9999-12-31' as before_date
    from departments
    union all
    select
        'team' as audience,
        'team' as scope_type,
        team_key as member_key,
        team_name as member_name,
        team_name,
        department_name,
        date '0001-01-01' as from_date,
        date '9999-12-31' as before_date
    from teams
    union all
    select
        'agent' as audience,
        'agent' as scope_type,
        agent_id as member_key,
        agent_name as member_name,
        team_name,
        department_name,
        from_date,
        before_date
    from agents
    where from_date < before_date
),

final as (
    select
        audience,
        scope_type,
        member_key,
        coalesce(member_name, member_key) as member_name,
        team_name,
        department_name,
        from_date,
        before_date
    from members
    where member_key <> 'unknown'
)

select * from final
