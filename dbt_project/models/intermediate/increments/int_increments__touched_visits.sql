{{ config(materialized="table") }}

with final as (
    select visit_id
    from {{ ref("int_increments__changed_stages") }}
    union
    select visit_id
    from
        {{ touched(
            ref("int_process__visits"),
            ref("int_increments__touched_tickets"),
            key="case_id",
            nullable=true
        ) }}
    where process_code = 'ticket'
)

select * from final
