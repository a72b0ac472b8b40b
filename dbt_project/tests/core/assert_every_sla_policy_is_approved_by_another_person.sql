select policy_id
from {{ ref("sla_policies") }}
where approved_by = author
