{{ config(materialized="table") }}

with final as (
    select distinct source_system
    from {{ ref("int_process__visits") }}
    where process_code = 'ticket'
)

select * from final
