with tickets as (
    select * from
        {{ touched(
            ref("int_tickets__deduplicated"),
            ref("int_increments__touched_customers"),
            key="customer_id",
            column="customer_id"
        ) }}
),

milestones as (
    select * from {{ ref("int_tickets__milestones") }}
),

-- Every delivery of a call says that somebody called; the first after a resolution is looked for.
calls as (
    select
        {{ conformed_id("ticket_id") }} as about_ticket_id,
        offered_at
    from {{ ref("int_calls__unioned") }}
),

-- A duplicate or merged ticket does not count by itself, but somebody asked again.
asks as (
    select
        ticket_id,
        customer_id,
        topic,
        channel_code,
        created_at,
        channel_code is not null and not is_agreed_switch as is_own_accord
    from tickets
    where
        customer_id is not null
        and topic is not null
        and coalesce(exclusion_reason in ('duplicate', 'merged'), true)
),

moments as (
    select
        ticket_id,
        customer_id,
        topic,
        1 as moment_order,
        created_at as moment_at,
        created_at as asked_at
    from asks
    union all
    -- A call about a ticket is a contact like a reply on it; what others were about, nobody knows.
    select
        asks.ticket_id,
        asks.customer_id,
        asks.topic,
        1 as moment_order,
        calls.offered_at as moment_at,
        calls.offered_at as asked_at
    from asks
    inner join calls
        on asks.ticket_id = calls.about_ticket_id
    union all
    select
        asks.ticket_id,
        asks.customer_id,
        asks.topic,
        2 as moment_order,
        milestones.resolved_at as moment_at,
        null as asked_at
    from asks
    inner join milestones
        on asks.ticket_id = milestones.ticket_id
    where milestones.resolved_at >= milestones.created_at
),

followed as (
    select
        ticket_id,
        moment_order,
        min(asked_at) over (
            partition by customer_id, topic
            order by moment_at asc, moment_order asc, ticket_id asc
            rows between 1 following and unbounded following
        ) as asked_again_at
    from moments
),

compared as (
    select
        *,
        channel_code <> lag(channel_code)
            over (partition by customer_id, topic order by created_at asc, ticket_id asc)
            as is_switch
    from asks
    where is_own_accord
),

switched as (
    select
        ticket_id,
        min(case when is_switch then created_at end) over (
            partition by customer_id, topic
            order by created_at asc, ticket_id asc
            rows between 1 following and unbounded following
        ) as switched_channel_at
    from compared
),

final as (
    select
        asks.ticket_id,
        followed.asked_again_at,
        followed.ticket_id is not null as is_repeat_visible,
        switched.switched_channel_at,
        switched.ticket_id is not null as is_switch_visible
    from asks
    left join followed
        on asks.ticket_id = followed.ticket_id and followed.moment_order = 2
    left join switched
        on asks.ticket_id = switched.ticket_id
)

select * from final
