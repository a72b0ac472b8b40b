with reviews as (
    select * from {{ ref("int_standard_reviews__deduplicated") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
)

select
    reviews.review_id as standard_review_key,
    reviews.source_system,
    reviews.batch_id,
    reviews.source_row,
    reviews.natural_id as review_id,
    reviews.review_kind,
    reviews.due_on as due_date,
    reviews.done_on as done_date,
    coalesce(reviews.due_on <= {{ local_date("sources.data_until", "parameters.reporting_time_zone") }}, false) as is_due,
    coalesce(reviews.due_on <= {{ local_date("sources.data_until", "parameters.reporting_time_zone") }} and reviews.done_on <= reviews.due_on, false)
    as is_done_on_time
from reviews
left join sources
    on reviews.source_system = sources.source_system
cross join parameters
