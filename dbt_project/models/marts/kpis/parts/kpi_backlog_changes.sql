{%- set scopes = kpi_scopes("fct_tickets") -%}
with sources as (
    select
        source_system,
        data_until_date
    from {{ ref("dim_sources") }}
    where data_until is not null
),

-- Nobody knows of a ticket what happened after its source ends: it leaves there.
stays as (
    select
        tickets.source_system,
        {{ kpi_scope_keys(scopes) }},
        tickets.created_date as opened_on,
        least(
            coalesce(tickets.resolved_date, tickets.closed_date, date '9999-12-31'),
            sources.data_until_date + 1
        ) as left_on,
        tickets.overdue_date as breached_on,
        {{ seconds_between("timestamp '1970-01-01'", "tickets.created_at") }} as created_second
    from {{ ref("fct_tickets") }} as tickets
    inner join sources
        on tickets.source_system = sources.source_system
    where
        tickets.is_counted
        and (
            coalesce(tickets.resolved_at, tickets.closed_at) is not null
            or tickets.status in ('open', 'waiting')
        )
),

changes as (
    select
        stays.source_system,
        {{ kpi_scope_keys(scopes) }},
        case events.event
            when 'opened' then stays.opened_on
            when 'left' then stays.left_on
            when 'breached' then stays.breached_on
        end as change_on,
        events.open_change,
        events.left_change,
        case
            when stays.breached_on < stays.left_on then events.breached_change
            else 0
        end as breached_change,
        events.open_change * stays.created_second as created_change
    from stays
    cross join (
        values ('opened', 1, 0, 0), ('left', -1, 1, -1), ('breached', 0, 0, 1)
    ) as events (event, open_change, left_change, breached_change)
    where
        stays.opened_on < stays.left_on
        and (events.event <> 'breached' or stays.breached_on < stays.left_on)
),

added as (
    select
        source_system,
        change_on,
        {{ kpi_scope_columns(scopes) }},
        sum(open_change) as open_change,
        sum(left_change) as left_change,
        sum(breached_change) as breached_change,
        sum(created_change) as created_change
    from changes
    group by {{ kpi_scope_sets(["source_system", "change_on"], scopes) }}
),

final as (
    select
        source_system,
        change_on,
        scope_type,
        scope_key,
        cast(open_change as bigint) as open_change,
        cast(left_change as bigint) as left_change,
        cast(breached_change as bigint) as breached_change,
        cast(created_change as bigint) as created_change
    from added
    where scope_key is not null
)

select * from final
