with spans as (
    select * from {{ ref("int_tickets__backlog_spans") }}
),

days as (
    select * from {{ ref("int_calendar__days") }}
),

final as (
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
            spans.first_date <= days.date_day
            and coalesce(spans.next_date, date '9999-12-31') > days.date_day
            and spans.last_date >= days.date_day
    where spans.open_tickets > 0
)

select * from final
