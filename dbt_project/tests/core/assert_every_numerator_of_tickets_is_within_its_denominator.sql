select ticket_key
from {{ ref("fct_tickets") }}
where
    (is_answered and not is_answer_due)
    or (is_answer_due and not is_counted)
    or (is_first_response_measured and not is_counted)
    or (is_resolution_measured and not is_resolved_counted)
    or (is_resolved_counted and not is_outcome_known)
    or (is_outcome_known and not is_counted)
    or (is_reopened and not is_reopen_known)
    or (is_one_touch and not is_reply_count_known)
    or (is_first_response_sla_met and not is_first_response_sla_applicable)
    or (is_resolution_sla_met and not is_resolution_sla_applicable)
