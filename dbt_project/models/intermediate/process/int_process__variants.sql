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
        {{ local_date("min(visits.case_entered_at)", "min(parameters.reporting_time_zone)") }}
            as started_date,
        string_agg(
            '<' || coalesce(visits.stage_code, 'unknown') || '>', '' order by visits.visit_number
        ) as variant
    from visits
    cross join parameters
    group by visits.process_code, visits.case_id, visits.source_system
)

select * from final
