with ranges as (
    select * from {{ ref("stg_control__increment") }}
),

events as (
    select * from {{ ref("int_ticket_events__ordered") }}
),

tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

-- A local day lies within the UTC days around it.
stamps as (
    select
        coalesce(ticket_id, '') as ticket_id,
        event_at as stamp_at
    from events
    union all
    select
        ticket_id,
        created_at as stamp_at
    from tickets
),

final as (
    select stamps.ticket_id
    from stamps
    inner join ranges
        on stamps.stamp_at >= ranges.touched_from - 1 and stamps.stamp_at < ranges.touched_until + 2
)

select * from final
