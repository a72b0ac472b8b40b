with tickets as (
    select * from {{ touched(ref("int_tickets__positions")) }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

pauses as (
    select * from {{ ref("int_tickets__pauses") }}
),

replies as (
    select * from {{ ref("int_tickets__replies") }}
),

stopped as (
    select
        tickets.ticket_id,
        tickets.source_system,
        tickets.calendar_code,
        tickets.created_at,
        tickets.first_response_at,
        tickets.clock_ends_at,
        tickets.created_at_position,
        tickets.first_response_at_position,
        tickets.clock_ends_at_position,
        milestones.has_events,
        replies.reply_count,
        replies.reply_seconds,
        replies.reply_business_seconds,
        milestones.first_response_at >= milestones.created_at as is_response_possible,
        milestones.resolved_at >= milestones.created_at
        and coalesce(milestones.closed_at >= milestones.resolved_at, true)
            as is_resolution_possible,
        cast(coalesce(pauses.waiting_for_customer_seconds, 0) as bigint)
            as waiting_for_customer_seconds,
        cast(coalesce(pauses.on_hold_seconds, 0) as bigint) as on_hold_seconds,
        cast(coalesce(pauses.resolved_seconds, 0) as bigint) as reopen_gap_seconds,
        case
            when tickets.calendar_code is not null
                then cast(coalesce(pauses.waiting_for_customer_business_seconds, 0) as bigint)
        end as waiting_for_customer_business_seconds,
        case
            when tickets.calendar_code is not null
                then cast(coalesce(pauses.on_hold_business_seconds, 0) as bigint)
        end as on_hold_business_seconds,
        case
            when tickets.calendar_code is not null
                then cast(coalesce(pauses.resolved_business_seconds, 0) as bigint)
        end as reopen_gap_business_seconds
    from tickets
    inner join milestones
        on tickets.ticket_id = milestones.ticket_id
    left join pauses
        on tickets.ticket_id = pauses.ticket_id
    left join replies
        on tickets.ticket_id = replies.ticket_id
),

final as (
    select
        *,
        waiting_for_customer_seconds + on_hold_seconds as paused_seconds,
        waiting_for_customer_business_seconds + on_hold_business_seconds as paused_business_seconds,
        case
            when is_response_possible
                then {{ seconds_between("created_at", "first_response_at") }}
        end as first_response_seconds,
        case when is_response_possible then first_response_at_position - created_at_position end
            as first_response_business_seconds,
        case
            when is_resolution_possible then {{ seconds_between("created_at", "clock_ends_at") }}
        end as resolution_seconds,
        case when is_resolution_possible then clock_ends_at_position - created_at_position end
            as resolution_business_seconds
    from stopped
)

select * from final
