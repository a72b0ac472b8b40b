select backlog_key
from {{ ref("fct_backlog_daily") }}
where breached_tickets < 0 or breached_tickets > open_tickets
