with orders as (
    select * from {{ ref("int_orders__deduplicated") }}
),

tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

complaints as (
    select * from {{ ref("int_complaints__deduplicated") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

contacts as (
    select
        customer_id,
        ordered_at as contact_at,
        cast(null as date) as contact_on
    from orders
    where coalesce(status <> 'cancelled', true)
    union all
    select
        customer_id,
        created_at as contact_at,
        cast(null as date) as contact_on
    from tickets
    where exclusion_reason is null
    union all
    select
        customer_id,
        received_at as contact_at,
        received_on as contact_on
    from complaints
),

dated as (
    select
        contacts.customer_id,
        coalesce(
            contacts.contact_on,
            {{ local_date("contacts.contact_at", "parameters.reporting_time_zone") }}
        ) as contact_on
    from contacts
    cross join parameters
),

final as (
    select distinct
        customer_id,
        contact_on
    from dated
    where customer_id is not null and contact_on is not null
)

select * from final
