{%- set scopes = kpi_scopes("fct_qa_rating_pairs") -%}
with pairs as (
    select
        reviewed_date,
        {{ kpi_scope_keys(scopes) }},
        first_band,
        second_band,
        product_of_bands,
        sum_of_squares
    from {{ ref("fct_qa_rating_pairs") }}
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

sums as (
    select
        period_days.period_grain,
        period_days.period_start,
        {{ kpi_scope_columns(scopes) }},
        count(*) as n,
        sum(pairs.first_band) as first_total,
        sum(pairs.second_band) as second_total,
        sum(pairs.product_of_bands) as products,
        sum(pairs.sum_of_squares) as squared
    from pairs
    inner join period_days on pairs.reviewed_date = period_days.date_day
    group by {{ kpi_scope_sets(["period_grain", "period_start"], scopes) }}
),

-- Kappa with quadratic weights, whose tables of chances are products of sums: decision 0026.
final as (
    select
        'qa_agreement' as kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(2 * (n * products - first_total * second_total) as decimal(38, 6)) as numerator,
        cast(n * squared - 2 * first_total * second_total as decimal(38, 6)) as denominator,
        n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from sums
)

select * from final
