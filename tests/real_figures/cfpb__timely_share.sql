-- Share of timely responses, of all complaints.
-- expected: 0.980695, 8340
select
    round(avg(case when is_timely_reported then 1 else 0 end), 6) as part,
    count(*) as complaints
from core.fct_complaints
where source_system = 'cfpb'
