with delivered as (
    select * from {{ source('raw', 'workforce_emergencies') }}
),

emergencies as (
    select
        emergency_id,
        case grade
            when '重大' then 'major'
            when '较大' then 'larger'
            when '一般' then 'general'
            when '轻微' then 'minor'
        end as grade,
        response_level,
        case is_drill when 'Y' then true when 'N' then false end as is_drill,
        case drill_kind
            when '断电' then 'power_failure'
            when '系统故障' then 'system_failure'
            when '疏散' then 'evacuation'
            when '舆情' then 'public_opinion'
        end as drill_kind,
        case post when '热线' then 'hotline' when '在线' then 'online' when '现场' then 'on_site' end
            as post,
        due_on,
        {{ to_utc('started_at', 'Asia/Shanghai') }} as started_at,
        {{ to_utc('graded_at', 'Asia/Shanghai') }} as graded_at,
        {{ to_utc('handled_at', 'Asia/Shanghai') }} as handled_at,
        {{ to_utc('noticed_at', 'Asia/Shanghai') }} as noticed_at,
        {{ to_utc('aftermath_at', 'Asia/Shanghai') }} as aftermath_at,
        {{ to_utc('summarised_at', 'Asia/Shanghai') }} as summarised_at,
        'workforce' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        cast(null as timestamp) as source_updated_at
    from delivered
)

select * from emergencies
