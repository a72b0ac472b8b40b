{{ config(
    materialized="by_slice",
    slices={"period_grain": kpi_period_grains(), "measure_number": kpi_measure_numbers()}
) }}

{{ kpi_percentiles() }}
