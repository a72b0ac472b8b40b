-- Minutes from report to response, responses not before their report: p50, mean, n.
-- expected: 6.0, 173.515199, 16547
select
    round(quantile_cont(first_response_seconds / 60, 0.5), 6) as p50_minutes,
    round(avg(first_response_seconds / 60), 6) as mean_minutes,
    count(*) as contacts
from core.fct_tickets
where source_system = 'flipkart_csat' and is_first_response_measured
