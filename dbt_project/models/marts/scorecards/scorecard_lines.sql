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
    select as_of_date
    from {{ ref("dim_builds") }}
),

-- Periods are numbered without gaps, so a frame over the numbers skips what has no scorecard.
final as (
    select
        scorecards.audience,
        scorecards.period_grain,
        scorecards.period_start,
        scorecards.period_end,
        scorecards.member_key,
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
        coalesce(kpi_values.is_suppressed, false) as is_suppressed,
        max(kpi_values.value) over previous as previous_value,
        kpi_values.value - max(kpi_values.value) over previous as change,
        kpi_values.target,
        kpi_values.warning,
        kpi_values.floor,
        coalesce(kpi_values.status, 'no data') as status,
        kpi_values.score,
        {{ exact_ratio(
            "count(*) filter (where kpi_values.status = 'green') over last_12",
            "count(*) filter (where kpi_values.status in ('green', 'amber', 'red')) over last_12",
        ) }} as share_at_target_last_12,
        scorecards.period_end + cast(kpis.maturity_days as integer) < builds.as_of_date
            as is_complete,
        kpis.formula_version
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
    window
        previous as (
            partition by scorecards.audience, scorecards.member_key, scorecards.period_grain, kpis.kpi_code
            order by scorecards.period_number range between 1 preceding and 1 preceding
        ),
        last_12 as (
            partition by scorecards.audience, scorecards.member_key, scorecards.period_grain, kpis.kpi_code
            order by scorecards.period_number range between 11 preceding and current row
        )
)

select * from final
