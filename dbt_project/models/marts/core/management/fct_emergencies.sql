with parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

-- The levels in force when it began; a drill without a beginning stands under those of its due day.
emergencies as (
    select
        emergencies.*,
        parameters.reporting_time_zone,
        coalesce(
            {{ local_date("emergencies.started_at", "parameters.reporting_time_zone") }},
            emergencies.due_on
        ) as rule_date
    from {{ ref("int_emergencies__deduplicated") }} as emergencies
    cross join parameters
),

grades as (
    select * from {{ ref("emergency_grades") }}
),

levels as (
    select * from {{ ref("emergency_response_levels") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

measured as (
    select
        emergencies.*,
        levels.response_minutes,
        sources.data_until,
        sources.data_until_date,
        grades.severity_rank,
        emergencies.is_drill is false and emergencies.started_at is not null as is_emergency,
        {{ seconds_between("emergencies.started_at", "emergencies.handled_at") }}
            as response_seconds,
        {{ seconds_between("emergencies.started_at", "sources.data_until") }} as elapsed_seconds
    from emergencies
    left join grades
        on emergencies.grade = grades.grade
    left join levels
        on
            emergencies.response_level = levels.response_level
            and emergencies.rule_date >= levels.valid_from
            and emergencies.rule_date < coalesce(levels.valid_to, date '9999-12-31')
    left join sources
        on emergencies.source_system = sources.source_system
),

final as (
    select
        emergency_id as emergency_key,
        source_system,
        batch_id,
        source_row,
        natural_id as emergency_id,
        coalesce(grade, 'unknown') as emergency_grade_key,
        severity_rank,
        response_level,
        response_minutes as response_target_minutes,
        is_drill,
        case when is_drill then coalesce(drill_kind, 'unknown') end as drill_kind_key,
        coalesce(post, 'unknown') as post_key,
        due_on as due_date,
        started_at,
        {{ local_date("started_at", "reporting_time_zone") }} as started_date,
        graded_at,
        handled_at,
        noticed_at,
        aftermath_at,
        summarised_at,
        coalesce(is_emergency, false) as is_emergency,
        coalesce(
            is_emergency and graded_at is not null and handled_at is not null
            and noticed_at is not null and aftermath_at is not null and summarised_at is not null,
            false
        ) as is_closed_with_review,
        coalesce(is_emergency, false) and response_minutes is not null
        and (response_seconds is not null or elapsed_seconds > response_minutes * 60)
            as is_response_due,
        coalesce(is_emergency and response_seconds between 0 and response_minutes * 60, false)
            as is_response_on_time,
        coalesce(is_drill and due_on <= data_until_date, false) as is_drill_due,
        coalesce(is_drill and due_on <= data_until_date and started_at is not null, false)
            as is_drill_done
    from measured
)

select * from final
