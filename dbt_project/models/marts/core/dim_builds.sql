with run_parameters as (
    select
        build_id,
        as_of,
        reporting_time_zone,
        minimum_n
    from {{ ref("stg_control__run_parameters") }}
),

-- The data hold what happened in the minute of `as_of` too, and many sources stamp whole minutes:
-- at 23:59 a day is over.
final as (
    select
        build_id as build_key,
        build_id,
        as_of,
        {{ local_date("as_of", "reporting_time_zone") }} as as_of_date,
        {{ local_date("as_of + interval 1 minute", "reporting_time_zone") }} - 1
            as last_complete_date,
        reporting_time_zone,
        cast(minimum_n as bigint) as minimum_n
    from run_parameters
)

select * from final
