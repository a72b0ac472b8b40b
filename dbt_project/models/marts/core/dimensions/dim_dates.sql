with final as (
    select
        date_day,
        cast(extract(isoyear from date_day) as bigint) as iso_year,
        cast(extract(week from date_day) as bigint) as iso_week,
        cast(extract(isodow from date_day) as bigint) as iso_weekday,
        cast(date_trunc('week', date_day) as date) as week_start,
        cast(date_trunc('month', date_day) as date) as month_start,
        cast(date_trunc('quarter', date_day) as date) as quarter_start,
        make_date(
            extract(year from date_day),
            case when extract(month from date_day) <= 6 then 1 else 7 end,
            1
        ) as half_year_start,
        cast(date_trunc('year', date_day) as date) as year_start
    from {{ ref("int_calendar__days") }}
)

select * from final
