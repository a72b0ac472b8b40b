select
    due.audience,
    due.member_key,
    kpi_values.period_grain,
    kpi_values.period_start,
    kpi_values.kpi_code
from {{ ref("rpt_scorecard_periods") }} as due
inner join {{ ref("fct_kpi_values") }} as kpi_values
    on
        due.scope_type = kpi_values.scope_type
        and due.member_key = kpi_values.scope_key
        and due.period_grain = kpi_values.period_grain
        and due.period_start = kpi_values.period_start
left join {{ ref("rpt_scorecard_lines") }} as reported
    on
        due.audience = reported.audience
        and due.member_key = reported.member_key
        and due.period_grain = reported.period_grain
        and due.period_start = reported.period_start
        and kpi_values.kpi_code = reported.kpi_code
where due.is_due and reported.kpi_code is null
