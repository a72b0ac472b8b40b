-- Share of incidents with a Closed event that were reassigned at least once.
-- expected: 0.47395
select round(avg(case when reassignment_count > 0 then 1 else 0 end), 5) as part
from core.fct_tickets
where source_system = 'uci_incident' and closed_at is not null
