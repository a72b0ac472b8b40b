{{ config(materialized="by_slice", column="period_grain", slices=kpi_period_grains()) }}

{{ kpi_percentiles() }}
