-- Share of delivered orders with a delivery date that came no later than estimated.
-- expected: 0.91983, 5164
select
    round(avg(case when is_delivered_on_time then 1 else 0 end), 5) as part,
    count(*) as orders
from core.fct_orders
where source_system = 'olist' and is_delivery_measured
