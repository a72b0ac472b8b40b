with changed_tickets as (
    select * from {{ ref("int_increments__changed_tickets") }}
),

changed_events as (
    select * from {{ ref("int_increments__changed_events") }}
),

tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

calls as (
    select {{ conformed_id("calls.ticket_id") }} as ticket_id
    from {{ ref("int_calls__unioned") }} as calls
    inner join {{ ref("stg_control__batch_changes") }} as batches
        on calls.batch_id = batches.batch_id
),

asked as (
    select ticket_id
    from changed_tickets
    union
    select ticket_id
    from changed_events
    union
    select ticket_id
    from calls
    where ticket_id is not null
),

-- Whoever asks, resolves or is called moves what the customer's other tickets say of repeats.
askers as (
    select customer_id
    from changed_tickets
    union
    select tickets.customer_id
    from tickets
    inner join asked
        on tickets.ticket_id = asked.ticket_id
    where tickets.customer_id is not null
),

final as (
    select ticket_id
    from asked
    union
    select tickets.ticket_id
    from tickets
    inner join askers
        on tickets.customer_id = askers.customer_id
)

select * from final
