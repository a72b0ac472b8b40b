with final as (
    select
        request_type_code as request_type_key,
        label_en,
        label_zh
    from {{ ref("request_types") }}
    union all
    select
        'unknown' as request_type_key,
        'Unknown' as label_en,
        '未知' as label_zh
)

select * from final
