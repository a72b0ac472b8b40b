with sessions as (
    select * from {{ ref("int_bot_sessions__deduplicated") }}
),

tickets as (
    select
        kinds.customer_id,
        kinds.topic,
        milestones.created_at
    from {{ ref("int_tickets__deduplicated") }} as kinds
    inner join {{ ref("int_tickets__milestones") }} as milestones
        on kinds.ticket_id = milestones.ticket_id
    where kinds.exclusion_reason is null and kinds.topic is not null
),

rules as (
    select * from {{ ref("contact_rules") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

-- Tickets are known up to the newest one: without any, nobody knows who turned to a human.
reach as (
    select max(created_at) as tickets_until
    from tickets
),

dated as (
    select
        sessions.session_id,
        sessions.customer_id,
        sessions.topic,
        sessions.is_handed_over,
        sessions.started_at,
        coalesce(sessions.ended_at, sessions.started_at) as ended_at,
        {{ local_date("sessions.started_at", "parameters.reporting_time_zone") }} as started_date
    from sessions
    cross join parameters
),

windows as (
    select
        dated.*,
        cast(rules.amount * 86400 as bigint) as window_seconds
    from dated
    left join rules
        on
            rules.rule_code = 'bot_human_contact_within_days'
            and dated.started_date >= rules.valid_from
            and dated.started_date < coalesce(rules.valid_to, date '9999-12-31')
),

followed as (
    select distinct windows.session_id
    from windows
    inner join tickets
        on
            windows.customer_id = tickets.customer_id
            and windows.topic = tickets.topic
            and windows.started_at <= tickets.created_at
    where {{ seconds_between("windows.ended_at", "tickets.created_at") }} <= windows.window_seconds
),

final as (
    select
        windows.session_id,
        windows.started_date,
        windows.is_handed_over is not null as is_hand_over_known,
        coalesce(
            windows.is_handed_over is not null
            and windows.customer_id is not null
            and windows.topic is not null
            and {{ seconds_between("windows.ended_at", "reach.tickets_until") }}
            >= windows.window_seconds,
            false
        ) as is_containment_known,
        followed.session_id is not null as is_followed_by_ticket
    from windows
    cross join reach
    left join followed
        on windows.session_id = followed.session_id
)

select * from final
