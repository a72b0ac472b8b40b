with variants as (
    select * from {{ ref("int_process__variants") }}
),

stages as (
    select
        *,
        '<' || stage_code || '>' as marked_code
    from {{ ref("process_stages") }}
),

kinds as (
    select distinct
        process_code,
        variant,
        started_date
    from variants
),

compared as (
    select
        kinds.process_code,
        kinds.variant,
        kinds.started_date,
        stages.stage_code,
        stages.stage_number,
        stages.is_required,
        position(stages.marked_code in kinds.variant) as first_position,
        position(
            stages.marked_code in
            substr(
                kinds.variant,
                position(stages.marked_code in kinds.variant) + length(stages.marked_code)
            )
        ) > 0 as is_found_again
    from kinds
    inner join stages
        on
            kinds.process_code = stages.process_code
            and kinds.started_date >= stages.valid_from
            and (stages.valid_to is null or kinds.started_date < stages.valid_to)
),

ordered as (
    select
        *,
        first_position = 0 as is_absent,
        first_position > min(nullif(first_position, 0)) over (
            partition by process_code, variant, started_date
            order by stage_number asc
            rows between 1 following and unbounded following
        ) as is_late
    from compared
),

final as (
    select
        process_code,
        variant,
        started_date,
        string_agg(stage_code, ', ' order by stage_number) filter (where is_required and is_absent)
            as skipped_stages,
        string_agg(stage_code, ', ' order by stage_number) filter (
            where not is_absent and is_found_again
        ) as repeated_stages,
        string_agg(stage_code, ', ' order by stage_number) filter (where is_late)
            as out_of_order_stages
    from ordered
    group by process_code, variant, started_date
)

select * from final
