{{ config(materialized="table") }}

with final as (
    select event_id
    from {{ ref("int_increments__changed_events") }}
    union
    select event_id
    from
        {{ touched(
            ref("int_ticket_events__ordered"),
            ref("int_increments__touched_tickets"),
            nullable=true
        ) }}
)

select * from final
