with sessions as (
    select * from {{ ref("int_bot_sessions__deduplicated") }}
),

tickets as (
    select * from {{ ref("int_tickets__scopes") }}
),

customers as (
    select * from {{ ref("int_customers__versions") }}
),

followed as (
    select * from {{ ref("int_bot_sessions__followed") }}
),

final as (
    select
        sessions.session_id as session_key,
        sessions.source_system,
        sessions.batch_id,
        sessions.source_row,
        sessions.natural_id as session_id,
        case when sessions.ticket_id is not null then coalesce(tickets.ticket_id, 'unknown') end
            as ticket_key,
        coalesce(customers.customer_key, 'unknown') as customer_key,
        coalesce(sessions.customer_id, 'unknown') as customer_id,
        coalesce(sessions.channel_code, 'unknown') as channel_key,
        coalesce(customers.region, 'unknown') as region_key,
        coalesce(customers.segment, 'unknown') as segment_key,
        coalesce(customers.company_size, 'unknown') as company_size_key,
        coalesce(customers.value_tier, 'unknown') as value_tier_key,
        coalesce(customers.language, 'unknown') as language_key,
        sessions.topic,
        sessions.started_at,
        followed.started_date,
        sessions.ended_at,
        sessions.is_handed_over,
        followed.is_hand_over_known,
        followed.is_followed_by_ticket,
        followed.is_containment_known,
        followed.is_containment_known
        and not (sessions.is_handed_over or followed.is_followed_by_ticket) as is_contained
    from sessions
    inner join followed
        on sessions.session_id = followed.session_id
    left join tickets
        on sessions.ticket_id = tickets.ticket_id
    left join customers
        on
            sessions.customer_id = customers.customer_id
            and sessions.started_at >= customers.valid_from
            and sessions.started_at < customers.valid_to
)

select * from final
