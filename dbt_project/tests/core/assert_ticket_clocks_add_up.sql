-- Net is gross less pauses and reopen gaps, on both clocks, and no clock runs backwards.
select ticket_key
from {{ ref("fct_tickets") }}
where
    first_response_seconds < 0
    or resolution_seconds < 0
    or resolution_net_seconds < 0
    or resolution_net_seconds <> resolution_seconds - paused_seconds - reopen_gap_seconds
    or resolution_net_business_seconds < 0
    or resolution_business_seconds > resolution_seconds
    or first_response_business_seconds not between 0 and first_response_seconds
    or reply_business_seconds not between 0 and reply_seconds
    or resolution_seconds
    <> agent_work_seconds + on_hold_seconds + waiting_for_customer_seconds + reopen_gap_seconds
    or resolution_business_seconds
    <> agent_work_business_seconds + on_hold_business_seconds
    + waiting_for_customer_business_seconds + reopen_gap_business_seconds
    or paused_seconds <> waiting_for_customer_seconds + on_hold_seconds
    or (resolution_seconds is null) <> (resolution_net_seconds is null)
