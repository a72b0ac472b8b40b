with appraisals as (
    select * from {{ ref("int_appraisals__deduplicated") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

final as (
    select
        appraisals.appraisal_id as appraisal_key,
        appraisals.source_system,
        appraisals.batch_id,
        appraisals.source_row,
        appraisals.natural_id as appraisal_id,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(agents.team_key, 'unknown') as team_key,
        coalesce(agents.department_key, 'unknown') as department_key,
        appraisals.due_on as due_date,
        appraisals.done_on as done_date,
        coalesce(appraisals.rating, 'unknown') as rating,
        coalesce(appraisals.due_on <= sources.data_until_date, false) as is_due,
        coalesce(
            appraisals.due_on <= sources.data_until_date
            and appraisals.done_on <= appraisals.due_on,
            false
        ) as is_done_on_time
    from appraisals
    left join agents
        on
            appraisals.agent_id = agents.agent_id
            and cast(appraisals.due_on as timestamp) >= agents.valid_from
            and cast(appraisals.due_on as timestamp) < agents.valid_to
    left join sources
        on appraisals.source_system = sources.source_system
)

select * from final
