with incident_events as (
    select * from {{ ref('stg_uci_incident__incident_events') }}
),

customers as (
    select
        customer_id,
        min(opened_at) over (partition by customer_id) as effective_at,
        region,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from incident_events
    where customer_id is not null
    qualify
        row_number() over (
            partition by customer_id
            order by updated_at desc, ticket_id desc, event_sequence desc
        ) = 1
)

select * from customers
