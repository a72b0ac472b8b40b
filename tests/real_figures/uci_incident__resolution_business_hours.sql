-- Business hours from opened to resolved (Mon-Fri 09:00-18:00, no holidays), closed incidents with a resolution: p50, n.
-- expected: 8.466667, 19350
select
    round(quantile_cont(resolution_business_seconds / 3600, 0.5), 6) as p50_hours,
    count(*) as incidents
from core.fct_tickets
where source_system = 'uci_incident' and closed_at is not null and is_resolution_business_measured
