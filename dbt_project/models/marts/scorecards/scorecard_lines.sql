with scorecards as (
    select
        audience,
        member_key,
        team_name,
        department_name,
        scope_type,
        period_grain,
        period_start,
        period_end,
        period_number
    from {{ ref("rpt_scorecard_periods") }}
),

kpis as (
    select
        kpi_code,
        display_order,
        formula_version,
        label_en,
        label_zh,
        unit,
        pillar,
        aspect,
        element,
        kind,
        direction,
        maturity_days
    from {{ ref("dim_kpi") }}
),

kpi_values as (
    select
        kpi_values.kpi_code,
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
        kpi_values.score
    from {{ ref("fct_kpi_values") }} as kpi_values
    left join {{ ref("kpi_targets_in_force") }} as targets
        on
            kpi_values.kpi_code = targets.kpi_code
            and kpi_values.period_grain = targets.period_grain
            and kpi_values.period_start = targets.period_start
            and kpi_values.scope_type = targets.scope_type
            and kpi_values.scope_key = targets.scope_key
),

builds as (
    select last_complete_date
    from {{ ref("dim_builds") }}
),

lines as (
    select
        scorecards.audience,
        scorecards.period_grain,
        scorecards.period_start,
        scorecards.period_end,
        scorecards.period_number,
        scorecards.member_key,
        scorecards.team_name,
        scorecards.department_name,
        kpis.kpi_code,
        kpis.display_order,
        kpis.formula_version,
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
        coalesce(kpi_values.is_suppressed, false) as is_suppressed,
        kpi_values.target,
        kpi_values.warning,
        kpi_values.floor,
        coalesce(kpi_values.status, 'no data') as status,
        kpi_values.score,
        scorecards.period_end + cast(kpis.maturity_days as integer) <= builds.last_complete_date
            as is_complete
    from scorecards
    cross join kpis
    cross join builds
    left join kpi_values
        on
            scorecards.scope_type = kpi_values.scope_type
            and scorecards.member_key = kpi_values.scope_key
            and scorecards.period_grain = kpi_values.period_grain
            and scorecards.period_start = kpi_values.period_start
            and kpis.kpi_code = kpi_values.kpi_code
),

-- Periods are numbered without gaps, so a frame over the numbers meets the right ones where
-- some have no scorecard.
final as (
    select
        audience,
        period_grain,
        period_start,
        period_end,
        member_key,
        team_name,
        department_name,
        kpi_code,
        display_order,
        label_en,
        label_zh,
        unit,
        pillar,
        aspect,
        element,
        kind,
        direction,
        value,
        numerator,
        denominator,
        n,
        low,
        high,
        is_suppressed,
        max(value) over previous as previous_value,
        value - max(value) over previous as change,
        target,
        warning,
        floor,
        status,
        score,
        {{ exact_ratio(
            "count(*) filter (where is_complete and status = 'green') over last_12",
            "count(*) filter (where is_complete and target is not null and value is not null)"
            ~ " over last_12",
        ) }} as share_at_target_last_12,
        is_complete,
        formula_version
    from lines
    window
        previous as (
            partition by audience, member_key, period_grain, kpi_code
            order by period_number range between 1 preceding and 1 preceding
        ),
        last_12 as (
            partition by audience, member_key, period_grain, kpi_code
            order by period_number range between 11 preceding and current row
        )
)

select * from final
