with stages as (
    select * from {{ ref("process_stages") }}
),

newest as (
    select
        *,
        row_number() over (
            partition by process_code, stage_code
            order by valid_from desc
        ) as version_number
    from stages
),

final as (
    select
        process_code || '/' || stage_code as stage_key,
        process_code,
        stage_code,
        stage_number,
        label_en,
        label_zh,
        owner_role,
        is_required
    from newest
    where version_number = 1
    union all
    select
        'unknown' as stage_key,
        'unknown' as process_code,
        'unknown' as stage_code,
        null as stage_number,
        'Unknown' as label_en,
        '未知' as label_zh,
        'unknown' as owner_role,
        false as is_required
)

select * from final
