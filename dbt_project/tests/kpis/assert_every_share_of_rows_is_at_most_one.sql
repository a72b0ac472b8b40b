-- A numerator that its denominator does not imply: the KPI would pass 100 %.
select
    kpi_values.kpi_code,
    kpi_values.period_grain,
    kpi_values.period_start,
    kpi_values.scope_type,
    kpi_values.scope_key,
    kpi_values.value
from {{ ref("fct_kpi_values") }} as kpi_values
inner join {{ ref("dim_kpi") }} as kpis on kpi_values.kpi_code = kpis.kpi_code
where
    kpis.unit = 'share'
    and kpis.shape = 'ratio'
    and (kpi_values.numerator < 0 or kpi_values.numerator > kpi_values.denominator)
