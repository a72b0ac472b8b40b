with run_parameters as (
    select
        build_id,
        as_of,
        reporting_time_zone,
        minimum_n
    from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        build_id as build_key,
        build_id,
        as_of,
        {{ local_date("as_of", "reporting_time_zone") }} as as_of_date,
        reporting_time_zone,
        minimum_n
    from run_parameters
)

select * from final
