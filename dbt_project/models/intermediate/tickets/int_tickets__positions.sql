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

scopes as (
    select * from {{ touched(ref("int_tickets__scopes")) }}
),

calendars as (
    select * from {{ ref("int_calendars__assigned") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

-- While a ticket is open its clock runs up to where the source's data reach.
clocked as (
    select
        milestones.ticket_id,
        tickets.source_system,
        calendars.calendar_code,
        milestones.created_at,
        milestones.first_response_at,
        coalesce(milestones.resolved_at, milestones.closed_at, sources.data_until) as clock_ends_at
    from milestones
    inner join tickets
        on milestones.ticket_id = tickets.ticket_id
    inner join scopes
        on milestones.ticket_id = scopes.ticket_id
    left join calendars
        on
            tickets.source_system = calendars.source_system
            and scopes.department_key = calendars.department_key
    left join sources
        on tickets.source_system = sources.source_system
),

final as (
    {{ business_positions("clocked", ["created_at", "first_response_at", "clock_ends_at"]) }}
)

select * from final
