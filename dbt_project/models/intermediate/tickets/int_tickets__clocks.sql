{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_id",
    column="ticket_id"
) }}

with elapsed as (
    select * from {{ ref("int_tickets__elapsed") }}
),

targets as (
    select * from {{ ref("int_tickets__targets") }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

-- Null where the policy's clock is the calendar's.
aimed as (
    select
        elapsed.ticket_id,
        elapsed.source_system,
        elapsed.calendar_code,
        elapsed.has_events,
        elapsed.created_at,
        elapsed.first_response_at,
        elapsed.clock_ends_at,
        elapsed.created_at_position,
        elapsed.first_response_seconds,
        elapsed.first_response_business_seconds,
        elapsed.resolution_seconds,
        elapsed.resolution_business_seconds,
        elapsed.paused_seconds,
        elapsed.paused_business_seconds,
        elapsed.reopen_gap_seconds,
        elapsed.reopen_gap_business_seconds,
        elapsed.waiting_for_customer_seconds,
        elapsed.waiting_for_customer_business_seconds,
        elapsed.on_hold_seconds,
        elapsed.on_hold_business_seconds,
        elapsed.reply_count,
        elapsed.reply_seconds,
        elapsed.reply_business_seconds,
        targets.first_response_policy_id,
        targets.first_response_minutes,
        targets.first_response_clock,
        targets.resolution_policy_id,
        targets.resolution_minutes,
        targets.resolution_clock,
        targets.acknowledgement_working_days,
        milestones.acknowledged_at,
        milestones.reporting_time_zone,
        case
            when targets.first_response_clock = 'business'
                then elapsed.created_at_position + targets.first_response_minutes * 60
        end as first_response_due_position,
        case
            when targets.resolution_clock = 'business'
                then
                    elapsed.created_at_position + targets.resolution_minutes * 60
                    + elapsed.paused_business_seconds + elapsed.reopen_gap_business_seconds
        end as resolution_due_position
    from elapsed
    inner join targets
        on elapsed.ticket_id = targets.ticket_id
    inner join milestones
        on elapsed.ticket_id = milestones.ticket_id
),

placed as (
    {{ business_stamps("aimed", ["first_response_due_position", "resolution_due_position"]) }}
),

due as (
    select
        *,
        resolution_seconds - paused_seconds - reopen_gap_seconds as resolution_net_seconds,
        resolution_business_seconds - paused_business_seconds - reopen_gap_business_seconds
            as resolution_net_business_seconds,
        case
            when first_response_clock = 'business' then first_response_due_position_at
            else {{ dbt.dateadd("second", "first_response_minutes * 60", "created_at") }}
        end as first_response_due_at,
        case
            when resolution_clock = 'business' then resolution_due_position_at
            else
                {{
                    dbt.dateadd(
                        "second",
                        "resolution_minutes * 60 + paused_seconds + reopen_gap_seconds",
                        "created_at",
                    )
                }}
        end as resolution_due_at
    from placed
),

final as (
    select
        *,
        {{ local_date("first_response_due_at", "reporting_time_zone") }} as first_response_due_date,
        {{ local_date("resolution_due_at", "reporting_time_zone") }} as resolution_due_date,
        case
            when has_events and resolution_seconds is not null
                then resolution_seconds - waiting_for_customer_seconds - reopen_gap_seconds
        end as customer_wait_seconds,
        case
            when has_events and resolution_business_seconds is not null
                then
                    resolution_business_seconds - waiting_for_customer_business_seconds
                    - reopen_gap_business_seconds
        end as customer_wait_business_seconds
    from due
)

select * from final
