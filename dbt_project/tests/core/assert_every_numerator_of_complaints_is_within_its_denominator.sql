select complaint_key
from {{ ref("fct_complaints") }}
where
    (is_resolved_within_24h and not is_within_24h_due)
    or (is_answered_in_time and not is_answer_due)
