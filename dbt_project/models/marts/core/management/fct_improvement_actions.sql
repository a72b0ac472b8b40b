with actions as (
    select * from {{ ref("int_improvement_actions__deduplicated") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

departments as (
    select distinct department_id
    from teams
),

channels as (
    select * from {{ ref("channels") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

final as (
    select
        actions.action_id as action_key,
        actions.source_system,
        actions.batch_id,
        actions.source_row,
        actions.natural_id as action_id,
        actions.kpi_code,
        actions.scope_type,
        actions.scope_id,
        agents.agent_key,
        agents.agent_id,
        coalesce(teams.team_id, agents.team_key) as team_key,
        coalesce(departments.department_id, teams.department_id, agents.department_key)
            as department_key,
        channels.channel_code as channel_key,
        actions.owner_id,
        coalesce(actions.action_kind, 'unknown') as action_kind,
        coalesce(actions.action_stage, 'unknown') as action_stage,
        actions.description,
        actions.opened_on as opened_date,
        actions.due_on as due_date,
        actions.closed_on as closed_date,
        greatest(actions.opened_on, actions.due_on + 1) as overdue_date,
        coalesce(actions.closed_on is null and actions.due_on < sources.data_until_date, false)
            as is_overdue,
        actions.closed_on is null as is_open,
        actions.is_verified_effective
    from actions
    left join agents
        on
            actions.scope_type = 'agent'
            and actions.scope_id = agents.agent_id
            and cast(actions.opened_on as timestamp) >= agents.valid_from
            and cast(actions.opened_on as timestamp) < agents.valid_to
    left join teams
        on actions.scope_type = 'team' and actions.scope_id = teams.team_id
    left join departments
        on actions.scope_type = 'department' and actions.scope_id = departments.department_id
    left join channels
        on actions.scope_type = 'channel' and actions.scope_id = channels.channel_code
    left join sources
        on actions.source_system = sources.source_system
)

select * from final
