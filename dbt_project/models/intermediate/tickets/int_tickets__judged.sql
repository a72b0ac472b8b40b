{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_id",
    column="ticket_id"
) }}

with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

clocks as (
    select * from {{ touched(ref("int_tickets__clocks")) }}
),

acknowledged as (
    select * from {{ ref("int_tickets__acknowledged") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

known as (
    select
        clocks.*,
        milestones.first_response_at is not null as has_response,
        milestones.resolved_at is not null as is_resolved,
        coalesce(tickets.status in ('open', 'waiting'), false) as is_known_open,
        tickets.status is not null as is_status_known,
        milestones.created_date,
        milestones.reopen_count,
        milestones.reassignment_count,
        milestones.agent_reply_count,
        milestones.sla_exemption_reason is not null as is_exempted,
        acknowledged.acknowledgement_due_at,
        acknowledged.acknowledgement_due_date,
        sources.data_until,
        tickets.needs_answer is not null as is_need_known,
        coalesce(tickets.needs_answer, false) as needs_answer,
        tickets.exclusion_reason is null as is_counted
    from clocks
    inner join milestones
        on clocks.ticket_id = milestones.ticket_id
    inner join tickets
        on clocks.ticket_id = tickets.ticket_id
    left join acknowledged
        on clocks.ticket_id = acknowledged.ticket_id
    left join sources
        on tickets.source_system = sources.source_system
),

counted as (
    select
        *,
        is_counted and needs_answer as is_answer_due,
        is_counted and first_response_seconds is not null as is_first_response_measured,
        is_counted and resolution_seconds is not null as is_resolution_measured,
        is_counted and first_response_business_seconds is not null
            as is_first_response_business_measured,
        is_counted and resolution_business_seconds is not null as is_resolution_business_measured,
        is_counted and customer_wait_seconds is not null as is_customer_wait_measured,
        case when is_counted then reply_count end as counted_reply_count,
        case
            when first_response_clock = 'business' then first_response_business_seconds
            else first_response_seconds
        end as first_response_clock_seconds,
        case
            when resolution_clock = 'business' then resolution_net_business_seconds
            else resolution_net_seconds
        end as resolution_clock_seconds,
        is_counted and (is_resolved or is_status_known) as is_outcome_known,
        is_counted and is_resolved as is_resolved_counted,
        is_counted and is_resolved and reopen_count is not null as is_reopen_known,
        is_counted and reassignment_count is not null as is_reassignment_known,
        is_counted and is_resolved and agent_reply_count is not null as is_reply_count_known
    from known
),

applied as (
    select
        *,
        first_response_due_at is not null and not is_exempted and (
            is_first_response_measured
            or (is_answer_due and not has_response and first_response_due_at <= data_until)
        ) as is_first_response_sla_applicable,
        resolution_due_at is not null and not is_exempted and (
            is_resolution_measured
            or (
                is_counted
                and not is_resolved
                and is_known_open
                and resolution_due_at <= data_until
            )
        ) as is_resolution_sla_applicable,
        is_counted and not is_exempted and acknowledgement_due_at is not null and (
            acknowledged_at is not null
            or (is_need_known and acknowledgement_due_at <= data_until)
        ) as is_acknowledgement_applicable
    from counted
),

final as (
    select
        ticket_id,
        is_counted,
        is_answer_due,
        is_answer_due and has_response as is_answered,
        is_first_response_measured,
        is_resolution_measured,
        is_resolved,
        is_outcome_known,
        is_resolved_counted,
        is_reopen_known,
        is_reopen_known and reopen_count > 0 as is_reopened,
        is_reassignment_known,
        is_reply_count_known,
        is_reply_count_known and agent_reply_count = 1 and coalesce(reopen_count, 0) = 0
            as is_one_touch,
        is_first_response_sla_applicable,
        is_first_response_sla_applicable
        and coalesce(first_response_clock_seconds <= first_response_minutes * 60, false)
            as is_first_response_sla_met,
        is_resolution_sla_applicable,
        is_resolution_sla_applicable
        and coalesce(resolution_clock_seconds <= resolution_minutes * 60, false)
            as is_resolution_sla_met,
        is_first_response_business_measured,
        is_resolution_business_measured,
        is_customer_wait_measured,
        counted_reply_count,
        -- What falls due later on the data's last day is not known to be late.
        case
            when not is_exempted and resolution_due_at <= data_until
                then greatest(resolution_due_date, created_date)
        end as overdue_date,
        acknowledgement_due_at,
        acknowledgement_due_date,
        is_acknowledgement_applicable,
        is_acknowledgement_applicable
        and coalesce(acknowledged_at <= acknowledgement_due_at, false) as is_acknowledged_on_time
    from applied
)

select * from final
