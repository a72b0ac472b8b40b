with members as (
    select
        'organisation' as scope_type,
        'all' as scope_key
    union all
    select
        'department' as scope_type,
        department_key as scope_key
    from {{ ref("dim_departments") }}
    union all
    select
        'team' as scope_type,
        team_key as scope_key
    from {{ ref("dim_teams") }}
    union all
    select
        'agent' as scope_type,
        agent_id as scope_key
    from {{ ref("dim_agents") }}
    union all
    select
        'channel' as scope_type,
        channel_key as scope_key
    from {{ ref("dim_channels") }}
),

used as (
    select
        'fct_kpi_values' as used_by,
        scope_type,
        scope_key
    from {{ ref("fct_kpi_values") }}
    union distinct
    select
        'kpi_targets' as used_by,
        scope_type,
        scope_key
    from {{ ref("kpi_targets") }}
)

select
    used.used_by,
    used.scope_type,
    used.scope_key
from used
left join members
    on
        used.scope_type = members.scope_type
        and used.scope_key = members.scope_key
where members.scope_key is null
