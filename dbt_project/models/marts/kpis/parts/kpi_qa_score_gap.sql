{%- set scopes = ["inspection_kind", "inspector_kind"] -%}
with reviews as (
    select
        reviewed_date,
        inspection_kind,
        inspector_kind,
        weighted_score,
        rated_weight
    from {{ ref("fct_qa_reviews") }}
    where is_rated
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

kinds as (
    select
        period_days.period_grain,
        period_days.period_start,
        {{ kpi_scope_columns(scopes) }},
        sum(reviews.weighted_score) as points,
        sum(reviews.rated_weight) as weight,
        count(*) as n
    from reviews
    inner join period_days on reviews.reviewed_date = period_days.date_day
    group by {{ kpi_scope_sets(["period_grain", "period_start"], scopes) }}
),

-- Every kind beside all the others of the same split that are known.
compared as (
    select
        period_grain,
        period_start,
        scope_type,
        scope_key,
        points,
        weight,
        n,
        sum(points) over (partition by period_grain, period_start, scope_type) - points
            as other_points,
        sum(weight) over (partition by period_grain, period_start, scope_type) - weight
            as other_weight
    from kinds
    where scope_type <> 'organisation' and scope_key <> 'unknown'
),

-- points / weight - other_points / other_weight, as one quotient.
final as (
    select
        'qa_score_gap' as kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(points * other_weight - other_points * weight as decimal(38, 6)) as numerator,
        cast(weight * other_weight as decimal(38, 6)) as denominator,
        n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from compared
    where other_weight > 0
)

select * from final
