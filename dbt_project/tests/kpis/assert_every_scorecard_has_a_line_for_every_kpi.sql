select
    audience,
    member_key,
    period_grain,
    period_start,
    count(*) as line_count
from {{ ref("scorecard_lines") }}
group by audience, member_key, period_grain, period_start
having count(*) <> (select count(*) as kpi_count from {{ ref("dim_kpi") }})
