with reach as (
    select * from {{ ref("int_sources__reach") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        reach.source_system,
        reach.table_count,
        cast(reach.row_count as bigint) as row_count,
        reach.data_from,
        reach.data_until,
        reach.data_until_date,
        {{ local_date("parameters.as_of", "parameters.reporting_time_zone") }} as viewed_date,
        case
            when reach.has_landed and reach.data_from is not null
                then greatest({{ seconds_between("reach.data_until", "parameters.as_of") }}, 0)
        end as age_seconds,
        reach.is_stale,
        reach.has_landed
    from reach
    cross join parameters
    union all
    select
        'unknown' as source_system,
        0 as table_count,
        0 as row_count,
        null as data_from,
        null as data_until,
        null as data_until_date,
        null as viewed_date,
        null as age_seconds,
        false as is_stale,
        false as has_landed
)

select * from final
