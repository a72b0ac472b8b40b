with lines as (
    select
        audience_code,
        scope_type,
        scope_key,
        period_grain,
        period_number,
        kpi_code,
        weight_millionths,
        score_e4
    from {{ ref("kpi_score_lines") }}
    where score_e4 is not null and is_final
),

composites as (
    select
        composites.audience_code,
        composites.scope_type,
        composites.scope_key,
        composites.period_grain,
        composites.period_start,
        periods.period_number,
        periods.periods_per_year,
        composites.value - composites.previous_value as change,
        composites.value - composites.previous_year_value as change_on_year
    from {{ ref("fct_composite_scores") }} as composites
    inner join {{ ref("dim_periods") }} as periods
        on
            composites.period_grain = periods.period_grain
            and composites.period_start = periods.period_start
    where composites.part_type = 'overall'
),

-- A year's previous period is its previous year: one comparison is enough.
comparisons as (
    select
        composites.audience_code,
        composites.scope_type,
        composites.scope_key,
        composites.period_grain,
        composites.period_start,
        steps.comparison,
        composites.period_number,
        composites.period_number - case steps.comparison
            when 'previous_period' then 1
            else composites.periods_per_year
        end as number_before,
        case steps.comparison
            when 'previous_period' then composites.change
            else composites.change_on_year
        end as composite_change
    from composites
    cross join (values ('previous_period'), ('previous_year')) as steps (comparison)
    where steps.comparison = 'previous_period' or composites.periods_per_year > 1
),

sides as (
    select
        comparisons.audience_code,
        comparisons.scope_type,
        comparisons.scope_key,
        comparisons.period_grain,
        comparisons.period_start,
        comparisons.comparison,
        comparisons.composite_change,
        lines.kpi_code,
        lines.weight_millionths,
        lines.score_e4,
        lines.period_number = comparisons.period_number as is_now
    from comparisons
    inner join lines
        on
            comparisons.audience_code = lines.audience_code
            and comparisons.scope_type = lines.scope_type
            and comparisons.scope_key = lines.scope_key
            and comparisons.period_grain = lines.period_grain
            and lines.period_number in (comparisons.period_number, comparisons.number_before)
    where comparisons.composite_change is not null
),

final as (
    select
        audience_code,
        scope_type,
        scope_key,
        period_grain,
        period_start,
        comparison,
        kpi_code,
        composite_change,
        max(weight_millionths) filter (where not is_now) as weight_before,
        max(score_e4) filter (where not is_now) as score_before,
        max(weight_millionths) filter (where is_now) as weight_now,
        max(score_e4) filter (where is_now) as score_now
    from sides
    group by
        audience_code, scope_type, scope_key, period_grain, period_start, comparison, kpi_code,
        composite_change
)

select * from final
