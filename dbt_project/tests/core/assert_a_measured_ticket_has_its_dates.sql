-- A KPI sums its tickets by these dates: a measure without its date would count in no period.
select ticket_key
from {{ ref("fct_tickets") }}
where
    (is_first_response_measured and first_response_date is null)
    or (is_resolution_measured and resolved_date is null)
    or (is_first_response_sla_applicable and first_response_due_date is null)
    or (is_resolution_sla_applicable and resolution_due_date is null)
    or (is_acknowledgement_applicable and acknowledgement_due_date is null)
