-- Share of persons with two or more orders: share, persons with two or more, persons.
-- expected: 0.009107, 73, 8016
with persons as (
    select
        customer_id,
        count(*) as order_count
    from core.fct_orders
    where source_system = 'olist'
    group by customer_id
)

select
    round(avg(case when order_count >= 2 then 1 else 0 end), 6) as part,
    count(*) filter (where order_count >= 2) as returning_persons,
    count(*) as persons
from persons
