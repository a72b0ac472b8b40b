{%- set scopes = ["department", "team"] -%}
with agent_days as (
    select
        work_date,
        department_key,
        team_key,
        agent_id,
        productive_minutes,
        handled_tickets,
        is_employed,
        is_employed and training_minutes > 0 as is_trained
    from {{ ref("fct_agent_days") }}
),

-- A person counts once per period and scope, so periods cannot be added from days.
period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

agents as (
    select
        period_days.period_grain,
        period_days.period_start,
        {{ kpi_scope_columns(scopes) }},
        sum(agent_days.handled_tickets) as handled_tickets,
        bool_or(
            agent_days.productive_minutes is not null or agent_days.handled_tickets > 0
        ) as is_at_work,
        bool_or(agent_days.is_employed) as is_employed,
        bool_or(agent_days.is_trained) as is_trained
    from agent_days
    inner join period_days on agent_days.work_date = period_days.date_day
    group by {{ kpi_scope_sets(["period_grain", "period_start", "agent_id"], scopes) }}
),

spreads as (
    select
        period_grain,
        period_start,
        scope_type,
        scope_key,
        count(*) as agent_count,
        sum(handled_tickets) as total,
        sum(handled_tickets * handled_tickets) as squares
    from agents
    where is_at_work
    group by period_grain, period_start, scope_type, scope_key
),

-- The squared coefficient of variation is (n x sum of squares - square of the sum) / square of
-- the sum.
balances as (
    select
        period_grain,
        period_start,
        scope_type,
        scope_key,
        agent_count,
        cast(agent_count * squares - total * total as hugeint) as numerator,
        cast(total * total as hugeint) as denominator
    from spreads
    where total > 0
),

final as (
    select
        'workload_balance' as kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(numerator as decimal(38, 6)) as numerator,
        cast(denominator as decimal(38, 6)) as denominator,
        agent_count as n,
        cast(null as decimal(38, 6)) as squares,
        {{ exact_root("numerator", "denominator") }} as percentile_value
    from balances
    union all
    select
        'training_coverage' as kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(count(*) filter (where is_trained) as decimal(38, 6)) as numerator,
        cast(count(*) as decimal(38, 6)) as denominator,
        count(*) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from agents
    where is_employed
    group by period_grain, period_start, scope_type, scope_key
)

select * from final
