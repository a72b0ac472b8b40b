with sessions as (
    select * from {{ ref("int_bot_sessions__deduplicated") }}
),

tickets as (
    select * from {{ ref("int_tickets__scopes") }}
),

customers as (
    select * from {{ ref("int_customers__versions") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
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
        sessions.topic,
        sessions.started_at,
        {{ local_date("sessions.started_at", "parameters.reporting_time_zone") }} as started_date,
        sessions.ended_at,
        sessions.is_handed_over
    from sessions
    left join tickets
        on sessions.ticket_id = tickets.ticket_id
    left join customers
        on
            sessions.customer_id = customers.customer_id
            and sessions.started_at >= customers.valid_from
            and sessions.started_at < customers.valid_to
    cross join parameters
)

select * from final
