with delivered as (
    select * from {{ source('raw', 'workforce_trainings') }}
),

trainings as (
    select
        training_id,
        'crm:' || agent_id as agent_id,
        case kind
            when '课程' then 'course'
            when '理论考试' then 'theory_test'
            when '实操考试' then 'practical_test'
        end as training_kind,
        topic,
        held_on,
        minutes as training_minutes,
        case passed when 'Y' then true when 'N' then false end as is_passed,
        'workforce' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from trainings
