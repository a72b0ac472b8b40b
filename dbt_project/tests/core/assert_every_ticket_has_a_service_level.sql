-- The default row fits every ticket: one without a target would drop out of both SLA KPIs unseen.
select ticket_key
from {{ ref("fct_tickets") }}
where
    created_at is not null
    and (first_response_policy_id is null or resolution_policy_id is null)
