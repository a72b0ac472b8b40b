with agents as (
    select
        'agent' as scope_type,
        agents.agent_id as scope_key,
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
        'team' as scope_type,
        team_key as scope_key,
        team_key,
        department_key
    from {{ ref("dim_teams") }}
),

others as (
    select
        'department' as scope_type,
        department_key as scope_key
    from {{ ref("dim_departments") }}
    union all
    select
        'channel' as scope_type,
        channel_key as scope_key
    from {{ ref("dim_channels") }}
    union all
    select
        'organisation' as scope_type,
        'all' as scope_key
),

-- Only agents move; a version replaced on the day it began never stood at the end of a day.
memberships as (
    select
        scope_type,
        scope_key,
        team_key,
        department_key,
        from_date,
        before_date
    from agents
    where from_date < before_date
    union all
    select
        scope_type,
        scope_key,
        team_key,
        department_key,
        date '0001-01-01' as from_date,
        date '9999-12-31' as before_date
    from teams
    union all
    select
        scope_type,
        scope_key,
        cast(null as varchar) as team_key,
        cast(null as varchar) as department_key,
        date '0001-01-01' as from_date,
        date '9999-12-31' as before_date
    from others
),

keyed as (
    select
        memberships.scope_type,
        memberships.scope_key,
        steps.ancestor_type,
        steps.precedence,
        case steps.ancestor_type
            when memberships.scope_type then memberships.scope_key
            when 'team' then memberships.team_key
            when 'department' then memberships.department_key
            when 'organisation' then 'all'
        end as ancestor_key,
        memberships.from_date,
        memberships.before_date
    from memberships
    cross join (
        values ('agent', 1), ('channel', 1), ('team', 2), ('department', 3), ('organisation', 4)
    ) as steps (ancestor_type, precedence)
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
