with stages as (
    select
        *,
        concat_ws(' ', process_code, stage_code, valid_from) as row_key,
        coalesce(valid_to, date '9999-12-31') as ends_on
    from {{ ref("process_stages") }}
),

visits as (
    select * from {{ ref("int_process__visits") }}
),

final as (
    select
        visits.source_system || '_stages' as seed,
        visits.natural_id as row_key,
        'a stage that its process does not have' as rule,
        concat_ws(' ', visits.process_code, coalesce(visits.stage_code, '(none)')) as detail
    from visits
    left join stages
        on
            visits.process_code = stages.process_code
            and visits.stage_code = stages.stage_code
    where stages.stage_code is null
    union all
    select
        'process_stages' as seed,
        stages.row_key,
        'a stage and its number stand once at a time' as rule,
        concat_ws(' ', 'overlaps', other.row_key) as detail
    from stages
    inner join stages as other
        on
            stages.process_code = other.process_code
            and stages.row_key < other.row_key
            and stages.valid_from < other.ends_on
            and stages.ends_on > other.valid_from
            and (
                stages.stage_code = other.stage_code
                or stages.stage_number = other.stage_number
            )
    union all
    select
        'process_stages' as seed,
        row_key,
        'a stage has a process, a number, a clock and a possible limit' as rule,
        concat_ws(' ', stage_number, clock, time_limit_minutes) as detail
    from stages
    where
        process_code not in ('ticket', 'complaint')
        or stage_number is null
        or is_required is null
        or clock <> 'calendar'
        or time_limit_minutes <= 0
)

select * from final
