with scorecards as (
    select
        audience,
        member_key,
        member_name,
        team_name,
        department_name,
        scope_type,
        period_grain,
        period_start,
        period_end
    from {{ ref("rpt_scorecard_periods") }}
    where is_due
),

kpis as (
    select
        kpi_code,
        display_order,
        label_en,
        label_zh,
        unit,
        pillar,
        aspect,
        element,
        kind,
        direction
    from {{ ref("dim_kpi") }}
),

kpi_values as (
    select
        kpi_code,
        formula_version,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        numerator,
        denominator,
        n,
        value,
        low,
        high,
        is_suppressed,
        target,
        status,
        score,
        is_complete
    from {{ ref("fct_kpi_values") }}
),

targets as (
    select
        kpi_code,
        scope_type,
        scope_key,
        from_date,
        before_date,
        warning,
        floor
    from {{ ref("kpi_targets_in_force") }}
),

weights as (
    select
        audience_code,
        scope_key,
        period_grain,
        period_start,
        kpi_code,
        weight_millionths
    from {{ ref("kpi_score_lines") }}
),

-- Most values are of scopes without scorecards: their trends would cost the most.
trends as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        previous_value,
        change,
        value_a_year_before,
        share_at_target_last_12
    from {{ ref("kpi_trends") }}
    where period_grain <> 'day' and scope_type in ('organisation', 'department', 'team', 'agent')
),

final as (
    select
        scorecards.audience,
        scorecards.period_grain,
        scorecards.period_start,
        scorecards.period_end,
        scorecards.member_key,
        scorecards.member_name,
        scorecards.team_name,
        scorecards.department_name,
        kpis.kpi_code,
        kpis.display_order,
        kpis.label_en,
        kpis.label_zh,
        kpis.unit,
        kpis.pillar,
        kpis.aspect,
        kpis.element,
        kpis.kind,
        kpis.direction,
        kpi_values.value,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.n,
        kpi_values.low,
        kpi_values.high,
        kpi_values.is_suppressed,
        trends.previous_value,
        trends.change,
        trends.value_a_year_before as previous_year_value,
        kpi_values.target,
        targets.warning,
        targets.floor,
        kpi_values.status,
        kpi_values.score,
        cast(weights.weight_millionths * 0.000001 as decimal(9, 6)) as weight,
        trends.share_at_target_last_12,
        kpi_values.is_complete,
        kpi_values.formula_version
    from scorecards
    inner join kpi_values
        on
            scorecards.scope_type = kpi_values.scope_type
            and scorecards.member_key = kpi_values.scope_key
            and scorecards.period_grain = kpi_values.period_grain
            and scorecards.period_start = kpi_values.period_start
    inner join kpis on kpi_values.kpi_code = kpis.kpi_code
    left join targets
        on
            kpi_values.kpi_code = targets.kpi_code
            and kpi_values.scope_type = targets.scope_type
            and kpi_values.scope_key = targets.scope_key
            and scorecards.period_end >= targets.from_date
            and scorecards.period_end < targets.before_date
    left join weights
        on
            scorecards.audience = weights.audience_code
            and scorecards.member_key = weights.scope_key
            and scorecards.period_grain = weights.period_grain
            and scorecards.period_start = weights.period_start
            and kpi_values.kpi_code = weights.kpi_code
    inner join trends
        on
            kpi_values.kpi_code = trends.kpi_code
            and kpi_values.period_grain = trends.period_grain
            and kpi_values.period_start = trends.period_start
            and kpi_values.scope_type = trends.scope_type
            and kpi_values.scope_key = trends.scope_key
)

select * from final
