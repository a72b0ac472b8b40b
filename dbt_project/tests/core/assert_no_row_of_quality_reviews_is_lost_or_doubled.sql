-- Every delivered key is one row of its fact: no join loses or doubles one.
with counted as (
    select
        'fct_qa_reviews' as fact,
        (
            select count(distinct source_system || '|' || review_id)
            from {{ ref("int_qa_reviews__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_qa_reviews") }}) as rows_out
    union all
    select
        'fct_qa_review_items' as fact,
        (
            select count(distinct source_system || '|' || review_id || '|' || criterion)
            from {{ ref("int_qa_review_items__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_qa_review_items") }}) as rows_out
    union all
    select
        'fct_calls' as fact,
        (
            select count(distinct source_system || '|' || call_id)
            from {{ ref("int_calls__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_calls") }}) as rows_out
)

select * from counted
where keys_in <> rows_out
