with final as (
    select
        audience_code,
        kpi_code,
        weight,
        valid_from,
        valid_to
    from {{ ref("stg_control__kpi_weights") }}
)

select * from final
