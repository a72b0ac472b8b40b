{%- set scopes = ["department", "team", "agent"] -%}
with standings as (
    select
        period_grain,
        period_start,
        agent_id,
        team_key,
        department_key,
        is_at_target
    from {{ ref("kpi_agent_standings") }}
    where kpi_code = 'first_response_sla' and is_at_target is not null
),

cases as (
    select
        second_month_end,
        agent_id,
        team_key,
        department_key,
        is_coached
    from {{ ref("fct_coaching_cases") }}
    where is_coaching_known
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain in ('month', 'quarter', 'half_year', 'year')
),

judged as (
    select
        'sla_target_hit_by_agent' as kpi_code,
        period_grain,
        period_start,
        {{ kpi_scope_keys(scopes) }},
        is_at_target as is_counted
    from standings
    union all
    select
        'coaching_started_rate' as kpi_code,
        period_days.period_grain,
        period_days.period_start,
        cases.department_key,
        cases.team_key,
        cases.agent_id,
        cases.is_coached as is_counted
    from cases
    inner join period_days on cases.second_month_end = period_days.date_day
),

final as (
    select
        kpi_code,
        period_grain,
        period_start,
        {{ kpi_scope_columns(scopes) }},
        cast(count(*) filter (where is_counted) as decimal(38, 6)) as numerator,
        cast(count(*) as decimal(38, 6)) as denominator,
        count(*) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from judged
    group by {{ kpi_scope_sets(["kpi_code", "period_grain", "period_start"], scopes) }}
)

select * from final
