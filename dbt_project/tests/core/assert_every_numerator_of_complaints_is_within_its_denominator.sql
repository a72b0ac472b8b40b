select complaint_key
from {{ ref("fct_complaints") }}
where
    (is_resolved_within_24h and not is_handling_timed)
    or (is_resolved_within_72h and not is_handling_timed)
    or (is_closed_with_agreement and not is_agreement_known)
    or (is_acknowledged_in_time and not is_acknowledgement_due)
    or (is_repeat and not is_repeat_known)
    or (is_loop_closed and not is_loop_due)
    or (is_answered_in_time and not is_answer_due)
