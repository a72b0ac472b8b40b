-- Every delivered key is one row of its fact: no join loses or doubles one.
with counted as (
    select
        'fct_orders' as fact,
        (
            select count(distinct source_system || '|' || order_id)
            from {{ ref("int_orders__unioned") }}
        ) as keys_in,
        (select count(*) from {{ ref("fct_orders") }}) as rows_out
)

select * from counted
where keys_in <> rows_out
