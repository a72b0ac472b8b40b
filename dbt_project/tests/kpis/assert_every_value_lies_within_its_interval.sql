select
    kpi_code,
    period_grain,
    period_start,
    scope_type,
    scope_key,
    value,
    low,
    high
from {{ ref("fct_kpi_values") }}
where
    value < low
    or value > high
    or (low is null) <> (high is null)
    or (low is not null and value is null)
    or (is_suppressed and value is not null)
