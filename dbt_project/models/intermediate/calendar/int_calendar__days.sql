{{ config(materialized="table") }}

with bounds as (
    select
        min(first_date) as first_date,
        max(last_date) as last_date
    from {{ ref("int_calendar__bounds") }}
),

digits (digit) as (
    values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)
),

numbers as (
    select
        ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit
        + 10000 * ten_thousands.digit as number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as ten_thousands
),

-- The bounds are UTC days; a day on either side covers every reporting zone.
days as (
    select bounds.first_date - 1 + numbers.number as date_day
    from numbers
    cross join bounds
    where numbers.number <= bounds.last_date - bounds.first_date + 2
),

final as (
    select date_day
    from days
)

select * from final
