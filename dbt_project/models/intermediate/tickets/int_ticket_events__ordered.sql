{{ config(materialized="table") }}

select
    *,
    row_number() over (
        partition by ticket_id
        order by event_sequence asc nulls last, event_at asc, event_id asc
    ) as event_number
from {{ ref("int_ticket_events__deduplicated") }}
