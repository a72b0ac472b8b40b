-- Share of incidents with a Closed event that were reopened.
-- expected: 0.011267
select round(avg(case when reopen_count > 0 then 1 else 0 end), 6) as part
from core.fct_tickets
where source_system = 'uci_incident' and closed_at is not null
