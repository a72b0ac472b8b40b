with tables as (
    select * from {{ ref("stg_control__source_status") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

reach as (
    select
        tables.source_system,
        count(*) as table_count,
        sum(tables.current_rows) as row_count,
        min(tables.data_from) as data_from,
        coalesce(max(tables.data_until), max(parameters.as_of)) as data_until,
        bool_or(tables.is_stale) as is_stale,
        bool_or(tables.has_landed) as has_landed
    from tables
    cross join parameters
    group by tables.source_system
)

select * from reach
