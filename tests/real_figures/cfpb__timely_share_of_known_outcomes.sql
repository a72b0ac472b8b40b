-- Share of timely responses, without those in progress: the KPI `complaint_timely`.
-- expected: 0.979031, 6581
select
    round(avg(case when is_answered_in_time then 1 else 0 end), 6) as part,
    count(*) as complaints
from core.fct_complaints
where source_system = 'cfpb' and is_answer_due
