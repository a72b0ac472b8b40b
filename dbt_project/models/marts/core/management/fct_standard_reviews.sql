with reviews as (
    select * from {{ ref("int_standard_reviews__deduplicated") }}
),

kinds as (
    select * from {{ ref("standard_review_kinds") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

final as (
    select
        reviews.review_id as standard_review_key,
        reviews.source_system,
        reviews.batch_id,
        reviews.source_row,
        reviews.natural_id as review_id,
        coalesce(reviews.review_kind, 'unknown') as review_kind_key,
        kinds.interval_months,
        reviews.due_on as due_date,
        reviews.done_on as done_date,
        coalesce(reviews.due_on <= sources.data_until_date, false) as is_due,
        coalesce(
            reviews.due_on <= sources.data_until_date and reviews.done_on <= reviews.due_on, false
        )
            as is_done_on_time
    from reviews
    left join kinds
        on
            reviews.review_kind = kinds.review_kind
            and reviews.due_on >= kinds.valid_from
            and reviews.due_on < coalesce(kinds.valid_to, date '9999-12-31')
    left join sources
        on reviews.source_system = sources.source_system
)

select * from final
