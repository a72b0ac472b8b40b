select survey_key
from {{ ref("fct_survey_responses") }}
where
    (is_top_box and not is_csat_answer)
    or (is_csat_answer and not is_valid_response)
    or (is_nps_answer and not is_valid_response)
    or (is_easy and not is_ces_answer)
    or (is_ces_answer and not is_valid_response)
    or (is_valid_response and not is_valid_feedback)
    or (is_valid_feedback and not is_received)
    or (is_sent_answered and not is_sent)
    or (is_callback_top_box and not is_callback_answer)
    or (is_complaint_top_box and not is_complaint_csat_answer)
    or (is_resolution_disputed and not is_resolution_compared)
    or (is_feedback_answered_in_time and not is_feedback_answer_due)
    or (is_feedback_answer_due and not is_valid_feedback)
