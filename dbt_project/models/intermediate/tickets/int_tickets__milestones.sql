{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_id",
    column="ticket_id"
) }}

with tickets as (
    select * from
        {{ touched(ref("int_tickets__deduplicated"), ref("int_increments__touched_tickets")) }}
),

events as (
    select * from {{ ref("int_tickets__events_summarised") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

stamped as (
    select
        tickets.ticket_id,
        tickets.created_at,
        case when events.has_replies then events.first_reply_at else tickets.first_response_at end
            as first_response_at,
        -- A header that is closed without a resolution says that there was none.
        coalesce(
            tickets.resolved_at, case when tickets.closed_at is null then events.resolved_at end
        ) as resolved_at,
        coalesce(tickets.closed_at, events.closed_at) as closed_at,
        coalesce(tickets.agent_id, events.last_agent_id) as agent_id,
        coalesce(tickets.reopen_count, events.reopen_count) as reopen_count,
        coalesce(tickets.reassignment_count, events.reassignment_count) as reassignment_count,
        case
            when events.has_replies then events.agent_reply_count
            else tickets.agent_reply_count
        end as agent_reply_count,
        events.acknowledged_at as receipt_sent_at,
        events.sla_exemption_reason,
        events.ticket_id is not null as has_events,
        parameters.reporting_time_zone
    from tickets
    left join events
        on tickets.ticket_id = events.ticket_id
    cross join parameters
),

final as (
    select
        *,
        -- Whoever answers has acknowledged. Answers before the creation are stamps, not answers.
        least(
            receipt_sent_at, case when first_response_at >= created_at then first_response_at end
        ) as acknowledged_at,
        {{ local_date("created_at", "reporting_time_zone") }} as created_date,
        {{ local_date("first_response_at", "reporting_time_zone") }} as first_response_date,
        {{ local_date("resolved_at", "reporting_time_zone") }} as resolved_date,
        {{ local_date("closed_at", "reporting_time_zone") }} as closed_date,
        nullif(
            concat_ws(
                '; ',
                case when first_response_at < created_at then 'first response before creation' end,
                case when resolved_at < created_at then 'resolution before creation' end,
                case when closed_at < created_at then 'close before creation' end,
                case when closed_at < resolved_at then 'close before resolution' end
            ),
            ''
        ) as stamp_issue
    from stamped
)

select * from final
