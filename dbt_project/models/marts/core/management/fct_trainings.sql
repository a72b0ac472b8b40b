with trainings as (
    select * from {{ ref("int_trainings__deduplicated") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

final as (
    select
        trainings.training_id as training_key,
        trainings.source_system,
        trainings.batch_id,
        trainings.source_row,
        trainings.natural_id as training_id,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(agents.team_key, 'unknown') as team_key,
        coalesce(agents.department_key, 'unknown') as department_key,
        trainings.training_kind,
        trainings.topic,
        trainings.held_on as held_date,
        trainings.training_minutes,
        trainings.is_passed,
        trainings.is_passed is not null as is_tested
    from trainings
    left join agents
        on
            trainings.agent_id = agents.agent_id
            and cast(trainings.held_on as timestamp) >= agents.valid_from
            and cast(trainings.held_on as timestamp) < agents.valid_to
)

select * from final
