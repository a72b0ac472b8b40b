with emergencies as (
    select * from {{ ref("int_emergencies__deduplicated") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        emergencies.emergency_id as emergency_key,
        emergencies.source_system,
        emergencies.batch_id,
        emergencies.source_row,
        emergencies.natural_id as emergency_id,
        emergencies.grade,
        emergencies.response_level,
        emergencies.is_drill,
        emergencies.drill_kind,
        emergencies.post,
        emergencies.due_on as due_date,
        emergencies.started_at,
        {{ local_date("emergencies.started_at", "parameters.reporting_time_zone") }}
            as started_date,
        emergencies.graded_at,
        emergencies.handled_at,
        emergencies.noticed_at,
        emergencies.aftermath_at,
        emergencies.summarised_at
    from emergencies
    cross join parameters
)

select * from final
