with registry as (
    {{ kpi_registry_rows(["kpi_code", "unit", "direction", "aspect"]) }}
),

final as (
    select
        kpi_code,
        unit,
        direction,
        aspect
    from registry
)

select * from final
