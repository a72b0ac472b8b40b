{%- set scopes = ["department", "team", "agent", "channel", "qa_criterion"] -%}
with reviews as (
    select
        review_key,
        ticket_key,
        inspector_id,
        reviewed_at,
        reviewed_date,
        department_key,
        team_key,
        agent_id,
        channel_key
    from {{ ref("fct_qa_reviews") }}
    where ticket_key <> 'unknown' and inspector_id <> 'unknown'
),

items as (
    select
        review_key,
        criterion,
        counted_score
    from {{ ref("fct_qa_review_items") }}
    where rated_weight is not null
),

bands as (
    select
        band,
        from_score
    from {{ ref("qa_bands") }}
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

-- The first review of a ticket and the first one by somebody else.
by_inspector as (
    select
        review_key,
        ticket_key,
        reviewed_at,
        reviewed_date,
        department_key,
        team_key,
        agent_id,
        channel_key
    from reviews
    qualify
        row_number() over (
            partition by ticket_key, inspector_id order by reviewed_at asc, review_key asc
        ) = 1
),

ranked as (
    select
        review_key,
        ticket_key,
        reviewed_date,
        department_key,
        team_key,
        agent_id,
        channel_key,
        row_number() over (partition by ticket_key order by reviewed_at asc, review_key asc)
            as place
    from by_inspector
),

rated as (
    select
        items.review_key,
        items.criterion,
        max(bands.band) as band
    from items
    inner join bands on items.counted_score >= bands.from_score
    group by items.review_key, items.criterion
),

pairs as (
    select
        latter.reviewed_date,
        latter.department_key,
        latter.team_key,
        latter.agent_id,
        latter.channel_key,
        one.criterion as qa_criterion_key,
        one.band as one_band,
        other.band as other_band
    from ranked as former
    inner join ranked as latter
        on former.ticket_key = latter.ticket_key and former.place = 1 and latter.place = 2
    inner join rated as one on former.review_key = one.review_key
    inner join rated as other
        on latter.review_key = other.review_key and one.criterion = other.criterion
),

sums as (
    select
        period_days.period_grain,
        period_days.period_start,
        {{ kpi_scope_columns(scopes) }},
        count(*) as n,
        sum(pairs.one_band) as one_total,
        sum(pairs.other_band) as other_total,
        sum(pairs.one_band * pairs.other_band) as products,
        sum(pairs.one_band * pairs.one_band + pairs.other_band * pairs.other_band) as squared
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
        cast(2 * (n * products - one_total * other_total) as decimal(38, 6)) as numerator,
        cast(n * squared - 2 * one_total * other_total as decimal(38, 6)) as denominator,
        n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from sums
)

select * from final
