with agents as (
    select
        agent_id,
        team_key,
        department_key,
        valid_from,
        valid_to
    from {{ ref("dim_agents") }}
),

builds as (
    select reporting_time_zone
    from {{ ref("dim_builds") }}
),

members as (
    select
        'agent' as scope_type,
        agents.agent_id as scope_key,
        agents.agent_id,
        agents.team_key,
        agents.department_key,
        cast(null as varchar) as channel_key,
        {{ local_date("agents.valid_from", "builds.reporting_time_zone") }} as from_date,
        case
            when agents.valid_to < timestamp '9999-01-01 00:00:00'
                then {{ local_date("agents.valid_to", "builds.reporting_time_zone") }}
            else date '9999-12-31'
        end as before_date
    from agents
    cross join builds
    union all
    select
        'team', team_key, null, team_key, department_key, null,
        date '0001-01-01', date '9999-12-31'
    from {{ ref("dim_teams") }}
    union all
    select
        'department', department_key, null, null, department_key, null,
        date '0001-01-01', date '9999-12-31'
    from {{ ref("dim_departments") }}
    union all
    select
        'channel', channel_key, null, null, null, channel_key,
        date '0001-01-01', date '9999-12-31'
    from {{ ref("dim_channels") }}
    union all
    select
        'organisation', 'all', null, null, null, null,
        date '0001-01-01', date '9999-12-31'
),

ancestors as (
    select
        ancestor_type,
        precedence
    from
        (
            values ('agent', 1), ('channel', 1), ('team', 2), ('department', 3), ('organisation', 4)
        ) as ancestors (ancestor_type, precedence)
),

keyed as (
    select
        members.scope_type,
        members.scope_key,
        ancestors.ancestor_type,
        case ancestors.ancestor_type
            when 'agent' then members.agent_id
            when 'channel' then members.channel_key
            when 'team' then members.team_key
            when 'department' then members.department_key
            when 'organisation' then 'all'
        end as ancestor_key,
        cast(ancestors.precedence as bigint) as precedence,
        members.from_date,
        members.before_date
    from members
    cross join ancestors
),

-- A version replaced on the day it began never stood at the end of a day.
final as (
    select
        scope_type,
        scope_key,
        ancestor_type,
        ancestor_key,
        precedence,
        from_date,
        before_date
    from keyed
    where ancestor_key is not null and from_date < before_date
)

select * from final
