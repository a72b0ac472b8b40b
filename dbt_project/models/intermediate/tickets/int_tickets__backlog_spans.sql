with changes as (
    select * from {{ ref("int_tickets__backlog_changes") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

final as (
    select
        changes.source_system,
        changes.department_key,
        changes.team_key,
        changes.agent_key,
        changes.agent_id,
        changes.channel_key,
        changes.change_date as first_date,
        sources.data_until_date as last_date,
        sources.data_until,
        sum(changes.open_change) over history as open_tickets,
        sum(changes.breached_change) over history as breached_tickets,
        sum(changes.created_change) over history as created_seconds,
        lead(changes.change_date) over history as next_date
    from changes
    left join sources
        on changes.source_system = sources.source_system
    window history as (
        partition by
            changes.source_system,
            changes.department_key,
            changes.team_key,
            changes.agent_key,
            changes.agent_id,
            changes.channel_key
        order by changes.change_date asc
    )
)

select * from final
