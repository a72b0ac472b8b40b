with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

asked as (
    select * from {{ ref("int_tickets__asked_again") }}
),

acts as (
    select * from {{ ref("int_tickets__customer_acts") }}
),

rules as (
    select
        *,
        coalesce(valid_to, date '9999-12-31') as ends_on
    from {{ ref("process_rules") }}
),

windows as (
    select
        asked.*,
        tickets.exclusion_reason is null as is_counted,
        repeats.days * 86400 as repeat_seconds,
        switches.days * 86400 as switch_seconds,
        least(
            {{ seconds_between("milestones.resolved_at", "asked.asked_again_at") }},
            acts.contact_after_seconds
        ) as repeated_after_seconds,
        {{ seconds_between("milestones.created_at", "asked.switched_channel_at") }}
            as switched_after_seconds
    from asked
    inner join tickets
        on asked.ticket_id = tickets.ticket_id
    inner join milestones
        on asked.ticket_id = milestones.ticket_id
    left join acts
        on asked.ticket_id = acts.ticket_id
    left join rules as repeats
        on
            repeats.rule_code = 'repeat_contact_window'
            and milestones.resolved_date >= repeats.valid_from
            and milestones.resolved_date < repeats.ends_on
    left join rules as switches
        on
            switches.rule_code = 'channel_switch_window'
            and milestones.created_date >= switches.valid_from
            and milestones.created_date < switches.ends_on
),

known as (
    select
        *,
        is_counted and is_repeat_visible and repeat_seconds is not null as is_repeat_known,
        is_counted and is_switch_visible and switch_seconds is not null as is_switch_known
    from windows
),

final as (
    select
        ticket_id,
        asked_again_at,
        switched_channel_at,
        is_repeat_known,
        is_repeat_known and coalesce(repeated_after_seconds > repeat_seconds, true)
            as is_without_repeat,
        is_switch_known,
        is_switch_known and coalesce(switched_after_seconds <= switch_seconds, false)
            as is_channel_switched
    from known
)

select * from final
