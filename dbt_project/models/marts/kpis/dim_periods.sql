with period_days as (
    select
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
),

periods as (
    select distinct
        period_grain,
        period_start
    from period_days
),

final as (
    select
        period_grain,
        period_start,
        cast(
            case period_grain
                when 'day' then period_start
                when 'week' then period_start + interval 6 day
                when 'month' then period_start + interval 1 month - interval 1 day
                when 'quarter' then period_start + interval 3 month - interval 1 day
                when 'half_year' then period_start + interval 6 month - interval 1 day
                when 'year' then period_start + interval 12 month - interval 1 day
            end as date
        ) as period_end,
        row_number() over (partition by period_grain order by period_start) as period_number,
        cast(case period_grain
            when 'day' then 364
            when 'week' then 52
            when 'month' then 12
            when 'quarter' then 4
            when 'half_year' then 2
            when 'year' then 1
        end as bigint) as periods_per_year
    from periods
)

select * from final
