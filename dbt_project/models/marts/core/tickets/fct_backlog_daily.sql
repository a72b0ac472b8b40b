with spans as (
    select * from {{ ref("int_tickets__backlog_spans") }}
),

days as (
    select * from {{ ref("int_calendar__days") }}
)

select
    concat_ws(
        '|',
        cast(days.date_day as varchar),
        spans.source_system,
        spans.team_key,
        spans.agent_key,
        spans.channel_key
    ) as backlog_key,
    spans.source_system,
    days.date_day as backlog_date,
    spans.agent_key,
    spans.agent_id,
    spans.team_key,
    spans.department_key,
    spans.channel_key,
    cast(spans.open_tickets as bigint) as open_tickets,
    cast(spans.breached_tickets as bigint) as breached_tickets
from spans
inner join days
    on
        days.date_day >= spans.first_date
        and days.date_day < coalesce(spans.next_date, date '9999-12-31')
        and days.date_day <= spans.last_date
where spans.open_tickets > 0
