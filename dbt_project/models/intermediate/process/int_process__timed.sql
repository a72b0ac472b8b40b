with visits as (
    select * from {{ ref("int_process__placed") }}
),

stages as (
    select * from {{ ref("process_stages") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

dated as (
    select
        visits.*,
        parameters.reporting_time_zone,
        {{ local_date("visits.entered_at", "parameters.reporting_time_zone") }} as entered_date,
        {{ local_date("visits.left_at", "parameters.reporting_time_zone") }} as left_date,
        case
            when visits.left_at >= visits.entered_at
                then {{ seconds_between("visits.entered_at", "visits.left_at") }}
        end as stage_seconds
    from visits
    cross join parameters
),

limited as (
    select
        dated.*,
        stages.stage_number,
        stages.time_limit_minutes,
        sources.data_until,
        {{ dbt.dateadd("second", "stages.time_limit_minutes * 60", "dated.entered_at") }} as due_at
    from dated
    left join stages
        on
            dated.process_code = stages.process_code
            and dated.stage_code = stages.stage_code
            and dated.entered_date >= stages.valid_from
            and (stages.valid_to is null or dated.entered_date < stages.valid_to)
    left join sources
        on dated.source_system = sources.source_system
),

judged as (
    select
        *,
        {{ local_date("due_at", "reporting_time_zone") }} as due_date,
        is_counted and stage_seconds is not null as is_stage_measured,
        is_counted
        and stage_seconds is not null
        and coalesce(business_seconds >= 0, false) as is_business_measured,
        is_counted
        and time_limit_minutes is not null
        and (stage_seconds is not null or (left_at is null and due_at <= data_until))
            as is_limit_due
    from limited
),

final as (
    select
        process_code,
        case_id,
        known_case_id,
        visit_id,
        source_system,
        batch_id,
        source_row,
        agent_id,
        stage_code,
        stage_number,
        previous_stage_code,
        previous_entered_at,
        entered_at,
        left_at,
        due_at,
        entered_date,
        left_date,
        due_date,
        visit_number,
        stage_seconds,
        business_seconds,
        time_limit_minutes,
        team_key,
        department_key,
        channel_key,
        is_repeated,
        is_counted,
        is_stage_measured,
        is_business_measured,
        is_limit_due,
        is_limit_due
        and agent_id is not null
        and coalesce(stage_seconds <= time_limit_minutes * 60, false) as is_limit_kept
    from judged
)

select * from final
