-- The default row fits every ticket: one without a target would drop out of both SLA KPIs unseen.
select ticket_key
from {{ ref("fct_tickets") }}
where sla_policy_id is null and created_at is not null
