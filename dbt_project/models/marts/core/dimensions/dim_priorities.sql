with final as (
    select
        priority_code as priority_key,
        urgency_rank,
        label_en,
        label_zh
    from {{ ref("priorities") }}
    union all
    select
        'unknown' as priority_key,
        null as urgency_rank,
        'Unknown' as label_en,
        '未知' as label_zh
)

select * from final
