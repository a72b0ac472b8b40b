with delivered as (
    select * from {{ source('raw', 'crm_department_questions') }}
),

department_questions as (
    select
        question_id,
        ticket_id,
        asked_by as agent_id,
        from_department as from_department_id,
        to_department as to_department_id,
        {{ to_utc('asked', 'Asia/Shanghai') }} as asked_at,
        {{ to_utc('due', 'Asia/Shanghai') }} as due_at,
        {{ to_utc('answered', 'Asia/Shanghai') }} as answered_at,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('updated_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from department_questions
