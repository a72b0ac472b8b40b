{{ config(materialized="view") }}

with final as (
    {{ union_kpi_parts() }}
)

select * from final
