{{ config(materialized="table") }}

with tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

milestones as (
    select * from {{ ref("int_tickets__milestones") }}
),

pauses as (
    select * from {{ ref("int_tickets__pauses") }}
),

policies as (
    select * from {{ ref("int_tickets__sla_chosen") }}
),

measured as (
    select
        milestones.ticket_id,
        milestones.created_at,
        milestones.reporting_time_zone,
        policies.policy_id,
        policies.first_response_minutes,
        policies.resolution_minutes,
        coalesce(pauses.paused_seconds, 0) as paused_seconds,
        coalesce(pauses.reopen_gap_seconds, 0) as reopen_gap_seconds,
        case
            when milestones.first_response_at >= milestones.created_at
                then {{ seconds_between("milestones.created_at", "milestones.first_response_at") }}
        end as first_response_seconds,
        case
            when
                milestones.resolved_at >= milestones.created_at
                and coalesce(milestones.closed_at >= milestones.resolved_at, true)
                then {{ seconds_between("milestones.created_at", "milestones.resolved_at") }}
        end as resolution_seconds
    from milestones
    inner join tickets
        on milestones.ticket_id = tickets.ticket_id
    left join pauses
        on milestones.ticket_id = pauses.ticket_id
    left join policies
        on
            coalesce(tickets.request_type_code, 'unknown') = policies.request_type_key
            and coalesce(tickets.priority_code, 'unknown') = policies.priority_key
            and coalesce(tickets.channel_code, 'unknown') = policies.channel_key
            and milestones.created_date = policies.created_date
),

due as (
    select
        *,
        resolution_seconds - paused_seconds - reopen_gap_seconds as resolution_net_seconds,
        {{ dbt.dateadd("second", "first_response_minutes * 60", "created_at") }}
            as first_response_due_at,
        {{
            dbt.dateadd(
                "second",
                "resolution_minutes * 60 + paused_seconds + reopen_gap_seconds",
                "created_at",
            )
        }} as resolution_due_at
    from measured
),

final as (
    select
        *,
        {{ local_date("first_response_due_at", "reporting_time_zone") }} as first_response_due_date,
        {{ local_date("resolution_due_at", "reporting_time_zone") }} as resolution_due_date
    from due
)

select * from final
