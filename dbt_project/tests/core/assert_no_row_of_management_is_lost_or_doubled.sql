-- Every delivered key is one row of its fact: no join loses or doubles one.
with counted as (
    select
        'fct_planned_contacts' as fact,
        (
            select count(distinct source_system || '|' || contact_id)
            from {{ ref("int_planned_contacts__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_planned_contacts") }}) as rows_out
    union all
    select
        'fct_bot_sessions' as fact,
        (
            select count(distinct source_system || '|' || session_id)
            from {{ ref("int_bot_sessions__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_bot_sessions") }}) as rows_out
    union all
    select
        'fct_staffing_shifts' as fact,
        (
            select count(distinct source_system || '|' || shift_id)
            from {{ ref("int_staffing_shifts__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_staffing_shifts") }}) as rows_out
    union all
    select
        'fct_staffing_requirements' as fact,
        (
            select count(distinct source_system || '|' || requirement_id)
            from {{ ref("int_staffing_requirements__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_staffing_requirements") }}) as rows_out
    union all
    select
        'fct_trainings' as fact,
        (
            select count(distinct source_system || '|' || training_id)
            from {{ ref("int_trainings__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_trainings") }}) as rows_out
    union all
    select
        'fct_appraisals' as fact,
        (
            select count(distinct source_system || '|' || appraisal_id)
            from {{ ref("int_appraisals__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_appraisals") }}) as rows_out
    union all
    select
        'fct_equipment_events' as fact,
        (
            select count(distinct source_system || '|' || event_id)
            from {{ ref("int_equipment_events__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_equipment_events") }}) as rows_out
    union all
    select
        'fct_emergencies' as fact,
        (
            select count(distinct source_system || '|' || emergency_id)
            from {{ ref("int_emergencies__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_emergencies") }}) as rows_out
    union all
    select
        'fct_standard_reviews' as fact,
        (
            select count(distinct source_system || '|' || review_id)
            from {{ ref("int_standard_reviews__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_standard_reviews") }}) as rows_out
    union all
    select
        'fct_improvement_actions' as fact,
        (
            select count(distinct source_system || '|' || action_id)
            from {{ ref("int_improvement_actions__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_improvement_actions") }}) as rows_out
)

select * from counted
where keys_in <> rows_out
