with agents as (
    select
        agents.agent_id,
        agents.team_key,
        agents.department_key,
        {{ local_date("agents.valid_from", "builds.reporting_time_zone") }} as from_date,
        case
            when agents.valid_to < timestamp '9999-01-01 00:00:00'
                then {{ local_date("agents.valid_to", "builds.reporting_time_zone") }}
            else date '9999-12-31'
        end as before_date
    from {{ ref("dim_agents") }} as agents
    cross join {{ ref("dim_builds") }} as builds
),

teams as (
    select
        team_key,
        department_key
    from {{ ref("dim_teams") }}
),

scopes as (
    select
        scope_type,
        scope_key
    from {{ ref("dim_scopes") }}
),

-- Only agents move; a version replaced on the day it began never stood at the end of a day.
memberships as (
    select
        'agent' as scope_type,
        agent_id as scope_key,
        team_key,
        department_key,
        from_date,
        before_date
    from agents
    where from_date < before_date
    union all
    select
        scopes.scope_type,
        scopes.scope_key,
        teams.team_key,
        teams.department_key,
        date '0001-01-01' as from_date,
        date '9999-12-31' as before_date
    from scopes
    left join teams
        on scopes.scope_type = 'team' and scopes.scope_key = teams.team_key
    where scopes.scope_type <> 'agent'
),

keyed as (
    select
        memberships.scope_type,
        memberships.scope_key,
        steps.precedence,
        case steps.precedence
            when 1 then memberships.scope_type
            else steps.ancestor_type
        end as ancestor_type,
        case steps.precedence
            when 1 then memberships.scope_key
            when 2 then memberships.team_key
            when 3 then memberships.department_key
            when 4 then 'all'
        end as ancestor_key,
        memberships.from_date,
        memberships.before_date
    from memberships
    cross join (
        values (1, 'own'), (2, 'team'), (3, 'department'), (4, 'organisation')
    ) as steps (precedence, ancestor_type)
    where memberships.scope_type <> steps.ancestor_type
),

final as (
    select
        scope_type,
        scope_key,
        ancestor_type,
        ancestor_key,
        cast(precedence as bigint) as precedence,
        from_date,
        before_date
    from keyed
    where ancestor_key is not null
)

select * from final
