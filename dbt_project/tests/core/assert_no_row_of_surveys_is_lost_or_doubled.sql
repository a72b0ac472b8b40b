-- Every delivered key is one row of its fact: no join loses or doubles one.
with counted as (
    select
        'fct_survey_responses' as fact,
        (
            select count(distinct source_system || '|' || survey_id)
            from {{ ref("int_surveys__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_survey_responses") }}) as rows_out
    union all
    select
        'fct_survey_answers' as fact,
        (
            select count(distinct source_system || '|' || survey_id || '|' || item_code)
            from {{ ref("int_survey_answers__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_survey_answers") }}) as rows_out
    union all
    select
        'fct_servqual_items' as fact,
        (
            select
                count(
                    distinct source_system
                    || '|'
                    || survey_id
                    || '|'
                    || cast(item_number as varchar)
                )
            from {{ ref("int_servqual_items__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_servqual_items") }}) as rows_out
)

select * from counted
where keys_in <> rows_out
