with planned as (
    select * from {{ ref("int_calendars__planned") }}
),

bounded as (
    select
        *,
        min(case when is_bound then starts_at end) over calendar as first_at,
        max(case when is_bound then starts_at end) over calendar as last_at
    from planned
    window calendar as (partition by calendar_code)
),

clipped as (
    select
        calendar_code,
        greatest(starts_at, first_at) as starts_at,
        min(work_date) as work_date,
        bool_or(is_bound) as is_bound,
        max(least(ends_at, last_at)) as ends_at
    from bounded
    where ends_at >= first_at and starts_at <= last_at
    group by calendar_code, greatest(starts_at, first_at)
),

-- Where shifts overlap, the second begins when the first ends: no second is worked twice.
apart as (
    select
        calendar_code,
        work_date,
        is_bound,
        ends_at,
        greatest(
            starts_at,
            max(ends_at) over (
                partition by calendar_code
                order by starts_at
                rows between unbounded preceding and 1 preceding
            )
        ) as starts_at
    from clipped
),

final as (
    select
        calendar_code,
        work_date,
        starts_at,
        ends_at
    from apart
    where ends_at > starts_at or is_bound
)

select * from final
