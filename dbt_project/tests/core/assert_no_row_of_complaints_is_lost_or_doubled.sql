-- Every delivered key is one row of its fact: no join loses or doubles one.
with counted as (
    select
        'fct_complaints' as fact,
        (
            select count(distinct source_system || '|' || complaint_id)
            from {{ ref("int_complaints__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_complaints") }}) as rows_out
    union all
    select
        'fct_complaint_events' as fact,
        (
            select count(distinct source_system || '|' || event_id)
            from {{ ref("int_complaint_events__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_complaint_events") }}) as rows_out
)

select * from counted
where keys_in <> rows_out
