{%- set scopes = ["department", "team", "agent"] -%}
with standings as (
    select
        kpi_code,
        period_grain,
        period_start,
        period_end,
        agent_id,
        team_key,
        department_key,
        is_at_target,
        is_below_warning
    from {{ ref("kpi_agent_standings") }}
    where is_at_target is not null
),

coachings as (
    select
        agent_id,
        opened_date
    from {{ ref("fct_improvement_actions") }}
    where action_kind = 'coaching'
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain in ('month', 'quarter', 'half_year', 'year')
),

-- Where coaching is never delivered, nobody knows whether it took place.
coaching_counts as (
    select count(*) as coaching_count
    from coachings
),

fallen_behind as (
    select
        later.agent_id,
        later.team_key,
        later.department_key,
        later.period_end,
        (
            select count(*) > 0
            from coachings
            where
                coachings.agent_id = later.agent_id
                and coachings.opened_date between earlier.period_start and later.period_end + 30
        ) as is_coached
    from standings as later
    inner join standings as earlier
        on
            later.agent_id = earlier.agent_id
            and later.period_start = earlier.period_end + 1
    cross join coaching_counts
    where
        later.kpi_code = 'qa_score'
        and later.period_grain = 'month'
        and later.is_below_warning
        and earlier.kpi_code = 'qa_score'
        and earlier.period_grain = 'month'
        and earlier.is_below_warning
        and coaching_counts.coaching_count > 0
),

judged as (
    select
        'sla_target_hit_by_agent' as kpi_code,
        period_grain,
        period_start,
        {{ kpi_scope_keys(scopes) }},
        is_at_target as is_counted
    from standings
    where kpi_code = 'first_response_sla'
    union all
    select
        'coaching_started_rate' as kpi_code,
        period_days.period_grain,
        period_days.period_start,
        fallen_behind.department_key,
        fallen_behind.team_key,
        fallen_behind.agent_id,
        fallen_behind.is_coached as is_counted
    from fallen_behind
    inner join period_days on fallen_behind.period_end = period_days.date_day
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
