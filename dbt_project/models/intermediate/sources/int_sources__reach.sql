{{ config(materialized="table") }}

with tables as (
    select * from {{ ref("stg_control__source_status") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

reach as (
    select
        tables.source_system,
        parameters.reporting_time_zone,
        count(*) as table_count,
        sum(tables.current_rows) as row_count,
        min(tables.data_from) as data_from,
        coalesce(max(tables.data_until), parameters.as_of) as data_until,
        bool_or(tables.is_stale) as is_stale,
        bool_or(tables.has_landed) as has_landed
    from tables
    cross join parameters
    group by tables.source_system, parameters.as_of, parameters.reporting_time_zone
),

final as (
    select
        source_system,
        table_count,
        row_count,
        data_from,
        data_until,
        {{ local_date("data_until", "reporting_time_zone") }} as data_until_date,
        is_stale,
        has_landed
    from reach
)

select * from final
