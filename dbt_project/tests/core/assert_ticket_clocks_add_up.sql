-- Net is gross less pauses and reopen gaps, and no clock runs backwards.
select ticket_key
from {{ ref("fct_tickets") }}
where
    first_response_seconds < 0
    or resolution_seconds < 0
    or resolution_net_seconds < 0
    or resolution_net_seconds <> resolution_seconds - paused_seconds - reopen_gap_seconds
    or (resolution_seconds is null) <> (resolution_net_seconds is null)
