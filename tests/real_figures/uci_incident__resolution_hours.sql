-- Calendar hours from opened to resolved, closed incidents with a resolution: p50, mean, n.
-- expected: 24.6, 187.6825, 19350
select
    round(quantile_cont(resolution_seconds / 3600, 0.5), 6) as p50_hours,
    round(avg(resolution_seconds / 3600), 4) as mean_hours,
    count(*) as incidents
from core.fct_tickets
where source_system = 'uci_incident' and closed_at is not null and is_resolution_measured
