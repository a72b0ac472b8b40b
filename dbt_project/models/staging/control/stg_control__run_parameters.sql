with final as (
    select
        build_id,
        as_of,
        reporting_time_zone,
        cast(minimum_n as bigint) as minimum_n
    from {{ source("raw", "run_parameters") }}
)

select * from final
