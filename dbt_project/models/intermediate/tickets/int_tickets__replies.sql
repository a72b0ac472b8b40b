with events as (
    select * from {{ touched(ref("int_ticket_events__positioned")) }}
),

tickets as (
    select * from {{ touched(ref("int_tickets__positions")) }}
),

-- The creation is the customer's first turn; a reopening by the customer is one, too.
messages as (
    select
        ticket_id,
        created_at as sent_at,
        created_at_position as sent_position,
        0 as event_number,
        'customer' as sender
    from tickets
    where created_at is not null
    union all
    select
        ticket_id,
        event_at as sent_at,
        event_at_position as sent_position,
        event_number,
        case when event_type = 'replied' then 'agent' else 'customer' end as sender
    from events
    where
        (event_type = 'replied' and actor_type = 'agent')
        or event_type = 'customer_replied'
        or (event_type = 'reopened' and actor_type = 'customer')
),

-- Several messages of one side in a row are one turn, which begins with the first.
turns as (
    select *
    from messages
    qualify sender is distinct from lag(sender) over (
        partition by ticket_id order by sent_at asc, event_number asc
    )
),

answered as (
    select
        ticket_id,
        sender,
        sent_at,
        sent_position,
        lead(sent_at) over following as answered_at,
        lead(sent_position) over following as answered_position
    from turns
    window following as (partition by ticket_id order by sent_at asc, event_number asc)
),

final as (
    select
        ticket_id,
        count(*) as reply_count,
        cast(sum({{ seconds_between("sent_at", "answered_at") }}) as bigint) as reply_seconds,
        cast(sum(answered_position - sent_position) as bigint) as reply_business_seconds
    from answered
    where sender = 'customer' and answered_at is not null
    group by ticket_id
)

select * from final
