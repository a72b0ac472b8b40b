with effects as (
    select
        audience_code,
        scope_type,
        scope_key,
        period_grain,
        period_start,
        comparison,
        kpi_code,
        10000 * composite_change as change_e4,
        presence,
        score_before,
        score_now,
        weight_before,
        weight_now,
        score_effect,
        weight_effect
    from {{ ref("kpi_score_effects") }}
),

-- What rounding leaves over goes to the KPI with the largest effect.
rounded as (
    select
        *,
        case
            when row_number() over by_size = 1
                then change_e4 - sum(score_effect + weight_effect) over cell
            else 0
        end as rounding
    from effects
    window
        cell as (
            partition by
                audience_code, scope_type, scope_key, period_grain, period_start, comparison
        ),
        by_size as (
            partition by
                audience_code, scope_type, scope_key, period_grain, period_start, comparison
            order by abs(score_effect + weight_effect) desc, kpi_code
        )
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
        presence,
        cast(score_before * 0.0001 as decimal(9, 4)) as score_before,
        cast(score_now * 0.0001 as decimal(9, 4)) as score,
        cast(weight_before as decimal(9, 6)) as weight_before,
        cast(weight_now as decimal(9, 6)) as weight,
        cast(score_effect * 0.0001 as decimal(9, 4)) as score_effect,
        cast(weight_effect * 0.0001 as decimal(9, 4)) as weight_effect,
        cast(rounding * 0.0001 as decimal(9, 4)) as rounding,
        cast((score_effect + weight_effect + rounding) * 0.0001 as decimal(9, 4)) as contribution
    from rounded
)

select * from final
