{{ config(materialized="view") }}

with parts as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        numerator,
        denominator,
        n,
        squares,
        percentile_value
    from {{ ref("kpi_parts") }}
),

kpis as (
    select
        kpi_code,
        multiplier,
        divisor,
        shape,
        interval_method
    from {{ ref("dim_kpi") }}
),

builds as (
    select minimum_n
    from {{ ref("dim_builds") }}
),

t_quantiles as (
    select
        df,
        quantile
    from {{ ref("t_quantiles") }}
),

valued as (
    select
        parts.kpi_code,
        parts.period_grain,
        parts.period_start,
        parts.scope_type,
        parts.scope_key,
        parts.numerator,
        parts.denominator,
        parts.n,
        parts.squares,
        kpis.interval_method,
        kpis.multiplier / kpis.divisor as scale,
        coalesce(
            kpis.interval_method <> 'none' and parts.n >= 1 and parts.n < builds.minimum_n, false
        ) as is_suppressed,
        coalesce(
            parts.percentile_value,
            {{ exact_ratio(
                "(parts.numerator * kpis.multiplier)", "(parts.denominator * kpis.divisor)"
            ) }}
        ) as estimated_value
    from parts
    inner join kpis on parts.kpi_code = kpis.kpi_code
    cross join builds
),

estimated as (
    select
        valued.kpi_code,
        valued.period_grain,
        valued.period_start,
        valued.scope_type,
        valued.scope_key,
        valued.numerator,
        valued.denominator,
        valued.n,
        valued.estimated_value,
        valued.is_suppressed,
        case when valued.interval_method = 'nps' then valued.scale end as limit_of_scale,
        case
            when valued.n > 0 and not valued.is_suppressed then {{ interval_centre("valued") }}
        end as centre,
        case
            when valued.n > 0 and not valued.is_suppressed
                then
                    {{ interval_margin(
                        "valued",
                        "coalesce(t_quantiles.quantile, "
                        ~ t_quantile_beyond_table("(valued.n - 1)") ~ ")"
                    ) }}
        end as margin
    from valued
    left join t_quantiles on valued.n - 1 = t_quantiles.df
),

-- `greatest` and `least` skip nulls: only NPS has ends that an interval must not pass.
final as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        numerator,
        denominator,
        n,
        case when not is_suppressed then estimated_value end as value,
        case
            when margin is not null
                then cast(greatest(centre - margin, -limit_of_scale) as decimal(18, 6))
        end as low,
        case
            when margin is not null
                then cast(least(centre + margin, limit_of_scale) as decimal(18, 6))
        end as high,
        is_suppressed
    from estimated
)

select * from final
