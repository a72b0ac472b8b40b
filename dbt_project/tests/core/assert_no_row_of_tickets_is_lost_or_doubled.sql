-- Every delivered key is one row of its fact: no join loses or doubles one.
with counted as (
    select
        'fct_tickets' as fact,
        (
            select count(distinct source_system || '|' || ticket_id)
            from {{ ref("int_tickets__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_tickets") }}) as rows_out
    union all
    select
        'fct_ticket_events' as fact,
        (
            select count(distinct source_system || '|' || event_id)
            from {{ ref("int_ticket_events__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_ticket_events") }}) as rows_out
    union all
    select
        'fct_department_questions' as fact,
        (
            select count(distinct source_system || '|' || question_id)
            from {{ ref("int_department_questions__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_department_questions") }}) as rows_out
    union all
    select
        'fct_process_stages' as fact,
        (
            select count(distinct source_system || '|' || visit_id)
            from {{ ref("int_ticket_stages__unioned") }}
        ) as keys_in,
        (
            select count(*) from {{ ref("fct_process_stages") }}
            where process_code = 'ticket'
        ) as rows_out
)

select * from counted
where keys_in <> rows_out
