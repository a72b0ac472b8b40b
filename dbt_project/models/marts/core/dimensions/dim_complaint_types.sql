with final as (
    select
        complaint_type_code as complaint_type_key,
        label_en,
        label_zh
    from {{ ref("complaint_types") }}
    union all
    select
        'unknown' as complaint_type_key,
        'Unknown' as label_en,
        '未知' as label_zh
)

select * from final
