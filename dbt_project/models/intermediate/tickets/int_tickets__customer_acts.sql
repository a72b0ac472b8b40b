with events as (
    select * from {{ touched(ref("int_ticket_events__ordered")) }}
),

told as (
    select
        ticket_id,
        event_type,
        actor_type,
        event_at,
        max(case when event_type = 'resolved' then event_at end) over (
            partition by ticket_id
            order by event_number asc
            rows between unbounded preceding and current row
        ) as resolved_before_at
    from events
    where event_type in ('resolved', 'reopened', 'customer_replied')
),

final as (
    select
        ticket_id,
        min({{ seconds_between("resolved_before_at", "event_at") }}) as contact_after_seconds
    from told
    where
        event_type in ('reopened', 'customer_replied')
        and coalesce(actor_type = 'customer', true)
    group by ticket_id
)

select * from final
