-- Counted once more, ticket by ticket, for the last day of each source.
with expected as (
    select
        tickets.source_system,
        count(*) as open_tickets
    from {{ ref("fct_tickets") }} as tickets
    inner join {{ ref("int_sources__reach") }} as sources
        on tickets.source_system = sources.source_system
    where
        tickets.is_counted
        and tickets.created_date <= sources.data_until_date
        and (
            coalesce(tickets.resolved_date, tickets.closed_date) > sources.data_until_date
            or (
                tickets.resolved_at is null
                and tickets.closed_at is null
                and tickets.status in ('open', 'waiting')
            )
        )
    group by tickets.source_system
),

counted as (
    select
        backlog.source_system,
        sum(backlog.open_tickets) as open_tickets
    from {{ ref("fct_backlog_daily") }} as backlog
    inner join {{ ref("int_sources__reach") }} as sources
        on
            backlog.source_system = sources.source_system
            and backlog.backlog_date = sources.data_until_date
    group by backlog.source_system
)

select
    coalesce(expected.source_system, counted.source_system) as source_system,
    expected.open_tickets as expected_tickets,
    counted.open_tickets as counted_tickets
from expected
full outer join counted
    on expected.source_system = counted.source_system
where coalesce(expected.open_tickets, 0) <> coalesce(counted.open_tickets, 0)
