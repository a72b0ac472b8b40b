{{ config(
    materialized="by_key",
    keys="int_increments__touched_visits",
    key="visit_key",
    column="visit_id",
    or_where="process_code = 'complaint'"
) }}

with visits as (
    select * from
        {{ touched(
            ref("int_process__timed"),
            ref("int_increments__touched_visits"),
            key="visit_id",
            column="visit_id",
            or_where="process_code = 'complaint'"
        ) }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

final as (
    select
        visits.visit_id as visit_key,
        visits.source_system,
        visits.batch_id,
        visits.source_row,
        visits.process_code,
        case
            when visits.stage_number is null then 'unknown'
            else visits.process_code || '/' || visits.stage_code
        end as stage_key,
        visits.process_code || '/' || visits.previous_stage_code as previous_stage_key,
        case
            when visits.process_code = 'ticket' and visits.case_id is not null
                then coalesce(visits.known_case_id, 'unknown')
        end as ticket_key,
        case
            when visits.process_code = 'complaint' and visits.case_id is not null
                then coalesce(visits.known_case_id, 'unknown')
        end as complaint_key,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(agents.team_key, visits.team_key, 'unknown') as team_key,
        coalesce(agents.department_key, visits.department_key, 'unknown') as department_key,
        coalesce(visits.channel_key, 'unknown') as channel_key,
        visits.visit_number,
        visits.entered_at,
        visits.left_at,
        visits.due_at,
        visits.entered_date,
        visits.left_date,
        visits.due_date,
        visits.stage_seconds,
        case when visits.is_business_measured then cast(visits.business_seconds as bigint) end
            as stage_business_seconds,
        case
            when visits.previous_entered_at <= visits.entered_at
                then {{ seconds_between("visits.previous_entered_at", "visits.entered_at") }}
        end as previous_stage_seconds,
        visits.time_limit_minutes,
        visits.is_repeated,
        visits.is_counted,
        visits.is_stage_measured,
        visits.is_business_measured,
        visits.is_limit_due,
        visits.is_limit_kept
    from visits
    left join agents
        on
            visits.agent_id = agents.agent_id
            and visits.entered_at >= agents.valid_from
            and visits.entered_at < agents.valid_to
)

select * from final
