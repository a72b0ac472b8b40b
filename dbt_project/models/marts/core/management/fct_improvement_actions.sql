with actions as (
    select * from {{ ref("int_improvement_actions__deduplicated") }}
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
        actions.owner_id,
        coalesce(actions.action_stage, 'unknown') as action_stage,
        actions.description,
        actions.opened_on as opened_date,
        actions.due_on as due_date,
        actions.closed_on as closed_date,
        coalesce(actions.closed_on is null and actions.due_on < sources.data_until_date, false)
            as is_overdue,
        actions.closed_on is null as is_open,
        actions.is_verified_effective
    from actions
    left join sources
        on actions.source_system = sources.source_system
)

select * from final
