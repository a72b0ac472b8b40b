{#- 95 %: Wilson for shares, z standard errors for NPS, Student's t for means; beyond the table of t the
    Cornish-Fisher expansion, whose error there is below 3e-8. -#}
{%- set z = 1.96 -%}
with parts as (
    {{ union_kpi_parts([
        ref("kpi_values_tickets"),
        ref("kpi_values_survey_responses"),
        ref("kpi_values_complaints"),
        ref("kpi_values_qa_reviews"),
        ref("kpi_backlog_open"),
        ref("kpi_complaint_rate"),
        ref("kpi_repurchase_rate"),
    ]) }}
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

-- The variance is exact until it is divided: a sum of squares minus a square cancels digits.
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
        kpis.interval_method,
        cast(kpis.multiplier as double) / kpis.divisor as scale,
        kpis.interval_method <> 'none' and parts.n >= 1 and parts.n < builds.minimum_n
            as is_suppressed,
        case
            when kpis.shape = 'percentile' then parts.percentile_value
            else
                {{ exact_ratio(
                    "(parts.numerator * kpis.multiplier)", "(parts.denominator * kpis.divisor)"
                ) }}
        end as value,
        cast(parts.numerator as double) / nullif(parts.n, 0) as mean,
        case
            when parts.squares is not null and parts.n > 0 then
                cast(parts.n * parts.squares - parts.numerator * parts.numerator as double)
                / (cast(parts.n as double) * parts.n)
        end as variance
    from parts
    inner join kpis on parts.kpi_code = kpis.kpi_code
    cross join builds
),

margins as (
    select
        valued.kpi_code,
        valued.period_grain,
        valued.period_start,
        valued.scope_type,
        valued.scope_key,
        valued.numerator,
        valued.denominator,
        valued.n,
        valued.value,
        valued.is_suppressed,
        case
            when valued.interval_method = 'wilson'
                then
                    (valued.mean + {{ z * z / 2 }} / valued.n) / (1 + {{ z * z }} / valued.n)
            else valued.mean * valued.scale
        end as centre,
        case when valued.interval_method = 'nps' then valued.scale end as limit_of_scale,
        case
            when valued.n is null or valued.n = 0 then null
            when valued.interval_method = 'wilson'
                then
                    {{ z }} * sqrt(
                        valued.mean * (1 - valued.mean) / valued.n
                        + {{ z * z / 4 }} / (cast(valued.n as double) * valued.n)
                    ) / (1 + {{ z * z }} / valued.n)
            when valued.interval_method = 'nps'
                then {{ z }} * sqrt(valued.variance / valued.n) * valued.scale
            when valued.interval_method = 'mean' and valued.n >= 2
                then
                    coalesce(
                        t_quantiles.quantile,
                        1.959963984540054 + 2.3722712303 / (valued.n - 1)
                        + 2.8224986157 / power(valued.n - 1, 2)
                        + 2.5558496795 / power(valued.n - 1, 3)
                        + 1.5895340534 / power(valued.n - 1, 4)
                    ) * sqrt(valued.variance / (valued.n - 1)) * valued.scale
        end as margin
    from valued
    left join t_quantiles on valued.n - 1 = t_quantiles.df
),

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
        case when not is_suppressed then value end as value,
        case
            when margin is not null and not is_suppressed
                then cast(greatest(centre - margin, -limit_of_scale) as decimal(18, 6))
        end as low,
        case
            when margin is not null and not is_suppressed
                then cast(least(centre + margin, limit_of_scale) as decimal(18, 6))
        end as high,
        is_suppressed
    from margins
)

select * from final
