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
        period_end,
        period_number,
        periods_per_year,
        is_due
    from {{ ref("rpt_scorecard_periods") }}
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
        kpi_values.kpi_code,
        kpi_values.formula_version,
        kpi_values.period_grain,
        kpi_values.period_start,
        kpi_values.scope_type,
        kpi_values.scope_key,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.n,
        kpi_values.value,
        kpi_values.low,
        kpi_values.high,
        kpi_values.is_suppressed,
        targets.target,
        targets.warning,
        targets.floor,
        kpi_values.status,
        kpi_values.score,
        kpi_values.is_complete
    from {{ ref("fct_kpi_values") }} as kpi_values
    left join {{ ref("kpi_targets_in_force") }} as targets
        on
            kpi_values.kpi_code = targets.kpi_code
            and kpi_values.period_grain = targets.period_grain
            and kpi_values.period_start = targets.period_start
            and kpi_values.scope_type = targets.scope_type
            and kpi_values.scope_key = targets.scope_key
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

-- Periods are numbered without gaps, so a frame over the numbers meets the right ones where
-- some have no scorecard.
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
        max(kpi_values.value) over previous_period as previous_value,
        kpi_values.value - max(kpi_values.value) over previous_period as change,
        max(kpi_values.value) over previous_year as previous_year_value,
        kpi_values.target,
        kpi_values.warning,
        kpi_values.floor,
        kpi_values.status,
        kpi_values.score,
        cast(weights.weight_millionths * 0.000001 as decimal(9, 6)) as weight,
        {{ exact_ratio(
            "count(*) filter (where kpi_values.is_complete and kpi_values.status = 'green')"
            ~ " over last_12",
            "count(*) filter (where kpi_values.is_complete and kpi_values.target is not null"
            ~ " and kpi_values.value is not null) over last_12",
        ) }} as share_at_target_last_12,
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
    left join weights
        on
            scorecards.audience = weights.audience_code
            and scorecards.member_key = weights.scope_key
            and scorecards.period_grain = weights.period_grain
            and scorecards.period_start = weights.period_start
            and kpi_values.kpi_code = weights.kpi_code
    window
        previous_period as (
            partition by
                scorecards.audience, scorecards.member_key, scorecards.period_grain, kpis.kpi_code
            order by scorecards.period_number range between 1 preceding and 1 preceding
        ),
        previous_year as (
            partition by
                scorecards.audience, scorecards.member_key, scorecards.period_grain, kpis.kpi_code
            order by scorecards.period_number
            range between scorecards.periods_per_year preceding
            and scorecards.periods_per_year preceding
        ),
        last_12 as (
            partition by
                scorecards.audience, scorecards.member_key, scorecards.period_grain, kpis.kpi_code
            order by scorecards.period_number range between 11 preceding and current row
        )
    qualify scorecards.is_due
)

select * from final
