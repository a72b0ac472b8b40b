with registry as (
    {{ kpi_registry_rows() }}
),

final as (
    select
        kpi_code,
        cast(display_order as bigint) as display_order,
        cast(formula_version as bigint) as formula_version,
        label_en,
        label_zh,
        definition,
        source,
        owner,
        unit,
        direction,
        pillar,
        aspect,
        element,
        kind,
        shape,
        fact,
        key_column,
        date_column,
        cohort,
        cast(maturity_days as bigint) as maturity_days,
        numerator_column,
        denominator_column,
        cast(multiplier as bigint) as multiplier,
        cast(divisor as bigint) as divisor,
        interval_method,
        cast(percentile as decimal(9, 6)) as percentile,
        cast(is_additive as boolean) as is_additive,
        cast(model_name as varchar) as model_name,
        evidence_rule,
        cast(is_activity as boolean) as is_activity
    from registry
)

select * from final
