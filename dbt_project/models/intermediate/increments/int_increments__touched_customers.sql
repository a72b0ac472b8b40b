{{ config(materialized="table") }}

with final as (
    select distinct tickets.customer_id
    from {{ ref("int_tickets__deduplicated") }} as tickets
    inner join {{ ref("int_increments__touched_tickets") }} as touched
        on tickets.ticket_id = touched.ticket_id
    where tickets.customer_id is not null
)

select * from final
