-- Share of incidents with a Closed event whose last event says that the SLA was met.
-- expected: 0.606414, 20768
select
    round(avg(case when is_sla_met_reported then 1 else 0 end), 6) as part,
    count(*) as incidents
from core.fct_tickets
where source_system = 'uci_incident' and closed_at is not null
