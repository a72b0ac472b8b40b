with reviews as (
    select * from {{ ref("fct_qa_reviews") }}
    where ticket_key <> 'unknown' and inspector_id <> 'unknown'
),

items as (
    select * from {{ ref("fct_qa_review_items") }}
    where rated_weight is not null
),

bands as (
    select * from {{ ref("qa_bands") }}
),

-- The first review of a ticket and the first one by somebody else.
by_inspector as (
    select
        *,
        row_number() over (
            partition by ticket_key, inspector_id order by reviewed_at asc, review_key asc
        ) as place_of_inspector
    from reviews
),

ranked as (
    select
        *,
        row_number() over (partition by ticket_key order by reviewed_at asc, review_key asc)
            as place
    from by_inspector
    where place_of_inspector = 1
),

-- Both reviews are put into the bands of the day of the later one.
rated as (
    select
        ranked.ticket_key,
        ranked.place,
        items.criterion,
        max(bands.band) as band
    from ranked
    inner join ranked as latter
        on ranked.ticket_key = latter.ticket_key and latter.place = 2
    inner join items on ranked.review_key = items.review_key
    inner join bands
        on
            items.counted_score >= bands.from_score
            and latter.reviewed_date >= bands.valid_from
            and latter.reviewed_date < coalesce(bands.valid_to, date '9999-12-31')
    where ranked.place <= 2
    group by ranked.ticket_key, ranked.place, items.criterion
),

final as (
    select
        latter.review_key || ':' || one.criterion as rating_pair_key,
        latter.source_system,
        latter.ticket_key,
        former.review_key as first_review_key,
        latter.review_key as second_review_key,
        one.criterion,
        latter.reviewed_date,
        latter.department_key,
        latter.team_key,
        latter.agent_id,
        latter.channel_key,
        cast(one.band as bigint) as first_band,
        cast(other.band as bigint) as second_band,
        cast(one.band * other.band as bigint) as product_of_bands,
        cast(one.band * one.band + other.band * other.band as bigint) as sum_of_squares
    from ranked as former
    inner join ranked as latter
        on former.ticket_key = latter.ticket_key and former.place = 1 and latter.place = 2
    inner join rated as one on former.ticket_key = one.ticket_key and one.place = 1
    inner join rated as other
        on
            latter.ticket_key = other.ticket_key
            and other.place = 2
            and one.criterion = other.criterion
)

select * from final
