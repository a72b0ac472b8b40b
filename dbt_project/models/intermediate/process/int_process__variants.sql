with visits as (
    select * from
        {{ touched(
            ref("int_process__visits"), key="case_id", or_where="process_code = 'complaint'"
        ) }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        visits.process_code,
        visits.case_id,
        visits.source_system,
        {{ local_date("visits.case_entered_at", "parameters.reporting_time_zone") }}
            as started_date,
        visits.variant
    from visits
    cross join parameters
    where visits.variant is not null
)

select * from final
