with visits as (
    select * from {{ ref("fct_process_stages") }}
    where is_counted
),

stages as (
    select * from {{ ref("dim_stages") }}
),

periods as (
    select * from {{ ref("kpi_period_days") }}
    where period_grain in ('month', 'quarter', 'half_year', 'year')
),

counted as (
    select
        visits.process_code,
        periods.period_grain,
        periods.period_start,
        {{ kpi_scope_columns(["department", "team"]) }},
        coalesce(visits.previous_stage_key, 'start') as from_stage_key,
        visits.stage_key as to_stage_key,
        count(*) as transition_count,
        count(*) filter (where visits.is_repeated) as repeated_count,
        {{ percentile("visits.previous_stage_seconds", [0.5, 0.9], 1) }} as seconds_p50,
        {{ percentile("visits.previous_stage_seconds", [0.5, 0.9], 2) }} as seconds_p90
    from visits
    inner join periods
        on visits.entered_date = periods.date_day
    group by {{
        kpi_scope_sets(
            [
                "visits.process_code",
                "periods.period_grain",
                "periods.period_start",
                "visits.previous_stage_key",
                "visits.stage_key",
            ],
            ["department", "team"],
        )
    }}
),

edges as (
    select distinct
        process_code,
        from_stage_key,
        to_stage_key
    from counted
),

-- Required stages between the two ends of an edge: the edge leaves them out.
compared as (
    select
        edges.process_code,
        edges.from_stage_key,
        edges.to_stage_key,
        max(to_stages.stage_number) < coalesce(max(from_stages.stage_number), 0) as is_backward,
        string_agg(between_stages.stage_code, ', ' order by between_stages.stage_number)
            as skipped_stages
    from edges
    left join stages as from_stages
        on edges.from_stage_key = from_stages.stage_key
    left join stages as to_stages
        on edges.to_stage_key = to_stages.stage_key
    left join stages as between_stages
        on
            edges.process_code = between_stages.process_code
            and between_stages.is_required
            and coalesce(from_stages.stage_number, 0) < between_stages.stage_number
            and to_stages.stage_number > between_stages.stage_number
    group by edges.process_code, edges.from_stage_key, edges.to_stage_key
),

final as (
    select
        concat_ws(
            '|',
            counted.period_grain,
            cast(counted.period_start as varchar),
            counted.scope_type,
            counted.scope_key,
            counted.process_code,
            counted.from_stage_key,
            counted.to_stage_key
        ) as transition_key,
        counted.process_code,
        counted.period_grain,
        counted.period_start,
        counted.scope_type,
        counted.scope_key,
        counted.from_stage_key,
        counted.to_stage_key,
        counted.transition_count,
        counted.repeated_count,
        case
            when counted.from_stage_key = counted.to_stage_key then 'repeated'
            when compared.is_backward then 'out of order'
            when compared.skipped_stages is not null then 'skipped'
        end as deviation,
        compared.skipped_stages,
        cast(counted.seconds_p50 / 60 as decimal(18, 6)) as minutes_p50,
        cast(counted.seconds_p90 / 60 as decimal(18, 6)) as minutes_p90
    from counted
    inner join compared
        on
            counted.process_code = compared.process_code
            and counted.from_stage_key = compared.from_stage_key
            and counted.to_stage_key = compared.to_stage_key
)

select * from final
