with spans as (
    select * from {{ ref("int_tickets__backlog_spans") }}
),

days as (
    select * from {{ ref("int_calendar__days") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

ends as (
    select
        days.date_day,
        {{ local_to_utc("cast(days.date_day + 1 as timestamp)", "parameters.reporting_time_zone") }}
            as ends_at
    from days
    cross join parameters
),

final as (
    select
        concat_ws(
            '|',
            cast(ends.date_day as varchar),
            spans.source_system,
            spans.team_key,
            spans.agent_key,
            spans.channel_key
        ) as backlog_key,
        spans.source_system,
        ends.date_day as backlog_date,
        spans.agent_key,
        spans.agent_id,
        spans.team_key,
        spans.department_key,
        spans.channel_key,
        cast(spans.open_tickets as bigint) as open_tickets,
        cast(spans.breached_tickets as bigint) as breached_tickets,
        cast(
            spans.open_tickets * {{ seconds_between(
                "timestamp '1970-01-01'", "least(ends.ends_at, spans.data_until)"
            ) }} - spans.created_seconds as bigint
        ) as age_seconds
    from spans
    inner join ends
        on
            spans.first_date <= ends.date_day
            and coalesce(spans.next_date, date '9999-12-31') > ends.date_day
            and spans.last_date >= ends.date_day
    where spans.open_tickets > 0
)

select * from final
