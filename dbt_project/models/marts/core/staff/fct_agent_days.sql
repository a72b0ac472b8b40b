with employed as (
    select * from {{ ref("int_staff__employed_days") }}
),

agents as (
    select * from {{ ref("dim_agents") }}
),

shifts as (
    select * from {{ ref("fct_staffing_shifts") }}
),

trainings as (
    select * from {{ ref("fct_trainings") }}
),

tickets as (
    select * from {{ ref("fct_tickets") }}
),

handled as (
    select
        agent_id,
        resolved_date as work_date,
        count(*) as handled_tickets,
        count(*) filter (where reassignment_count = 0) as solo_tickets
    from tickets
    where is_resolved_counted and resolved_date is not null and agent_id <> 'unknown'
    group by agent_id, resolved_date
),

covered as (
    select
        agents.source_system,
        min(handled.work_date) as first_date,
        max(handled.work_date) as last_date
    from handled
    inner join agents
        on handled.agent_id = agents.agent_id
    group by agents.source_system
),

activities as (
    select
        agent_id,
        employed_on as work_date,
        true as is_employed,
        null as staffed_minutes,
        0 as handled_tickets,
        0 as solo_tickets,
        0 as training_minutes
    from employed
    union all
    select
        agent_id,
        shift_date as work_date,
        false as is_employed,
        staffed_minutes,
        0 as handled_tickets,
        0 as solo_tickets,
        0 as training_minutes
    from shifts
    union all
    select
        agent_id,
        work_date,
        false as is_employed,
        null as staffed_minutes,
        handled_tickets,
        solo_tickets,
        0 as training_minutes
    from handled
    union all
    select
        agent_id,
        held_date as work_date,
        false as is_employed,
        null as staffed_minutes,
        0 as handled_tickets,
        0 as solo_tickets,
        training_minutes
    from trainings
    where training_kind = 'course'
),

days as (
    select
        agent_id,
        work_date,
        bool_or(is_employed) as is_employed,
        sum(staffed_minutes) as staffed_minutes,
        sum(handled_tickets) as handled_tickets,
        sum(solo_tickets) as solo_tickets,
        sum(training_minutes) as training_minutes
    from activities
    where agent_id <> 'unknown' and work_date is not null
    group by agent_id, work_date
),

final as (
    select
        days.agent_id || '@' || translate(cast(days.work_date as varchar), '-', '')
            as agent_day_key,
        agents.source_system,
        days.work_date,
        agents.agent_key,
        days.agent_id,
        agents.team_key,
        agents.department_key,
        days.is_employed,
        cast(days.staffed_minutes as bigint) as staffed_minutes,
        cast(case
            when days.work_date between covered.first_date and covered.last_date
                then days.staffed_minutes
        end as bigint) as productive_minutes,
        cast(days.handled_tickets as bigint) as handled_tickets,
        cast(days.solo_tickets as bigint) as solo_tickets,
        cast(days.training_minutes as bigint) as training_minutes
    from days
    inner join agents
        on
            days.agent_id = agents.agent_id
            and cast(days.work_date as timestamp) >= agents.valid_from
            and cast(days.work_date as timestamp) < agents.valid_to
    left join covered
        on agents.source_system = covered.source_system
)

select * from final
