-- Days from receipt until the complaint went to the company: mean, p50.
-- expected: 2.863189, 1
select
    round(avg(forwarded_on - received_date), 6) as mean_days,
    quantile_cont(forwarded_on - received_date, 0.5) as p50_days
from core.fct_complaints
where source_system = 'cfpb'
