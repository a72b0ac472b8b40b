with questions as (
    select * from {{ ref("int_department_questions__deduplicated") }}
),

tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

departments as (
    select * from {{ ref("dim_departments") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        questions.question_id as question_key,
        questions.source_system,
        questions.batch_id,
        questions.source_row,
        questions.natural_id as question_id,
        case when questions.ticket_id is not null then coalesce(tickets.ticket_id, 'unknown') end
            as ticket_key,
        questions.agent_id as asking_agent_id,
        coalesce(asking.department_key, 'unknown') as asking_department_key,
        coalesce(asked.department_key, 'unknown') as department_key,
        questions.asked_at,
        questions.due_at,
        questions.answered_at,
        {{ local_date("questions.asked_at", "parameters.reporting_time_zone") }} as asked_date,
        {{ local_date("questions.due_at", "parameters.reporting_time_zone") }} as due_date,
        questions.due_at is not null
        and (questions.answered_at is not null or questions.due_at <= sources.data_until)
            as is_answer_due,
        coalesce(questions.answered_at <= questions.due_at, false) as is_answered_in_time
    from questions
    left join tickets
        on questions.ticket_id = tickets.ticket_id
    left join departments as asking
        on questions.from_department_id = asking.department_key
    left join departments as asked
        on questions.to_department_id = asked.department_key
    left join sources
        on questions.source_system = sources.source_system
    cross join parameters
)

select * from final
