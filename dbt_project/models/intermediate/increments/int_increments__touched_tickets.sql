{{ config(materialized="table") }}

with final as (
    select ticket_id
    from {{ ref("int_increments__tickets_delivered") }}
    union
    select ticket_id
    from {{ ref("int_increments__changed_stages") }}
    union
    select ticket_id
    from {{ ref("int_increments__changed_reviews") }}
    union
    select ticket_id
    from {{ ref("int_increments__tickets_of_members") }}
    union
    select ticket_id
    from {{ ref("int_increments__tickets_of_sources") }}
    union
    select ticket_id
    from {{ ref("int_increments__tickets_of_time") }}
    union
    select ticket_id
    from {{ ref("int_increments__tickets_asked_for") }}
)

select * from final
