with items as (
    select
        review_key,
        criterion,
        rated_weight,
        counted_score
    from {{ ref("fct_qa_review_items") }}
    where rated_weight is not null
),

reviews as (
    select
        review_key,
        reviewed_date
    from {{ ref("fct_qa_reviews") }}
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

-- Within a criterion a critical failure counts 0 for that criterion only: the others keep theirs.
final as (
    select
        'qa_score' as kpi_code,
        period_days.period_grain,
        period_days.period_start,
        'qa_criterion' as scope_type,
        items.criterion as scope_key,
        cast(sum(items.rated_weight * items.counted_score) as decimal(38, 6)) as numerator,
        cast(sum(items.rated_weight) as decimal(38, 6)) as denominator,
        count(*) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from items
    inner join reviews on items.review_key = reviews.review_key
    inner join period_days on reviews.reviewed_date = period_days.date_day
    group by period_days.period_grain, period_days.period_start, items.criterion
)

select * from final
