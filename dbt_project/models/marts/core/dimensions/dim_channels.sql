with final as (
    select
        channel_code as channel_key,
        channel_mode,
        is_live,
        label_en,
        label_zh
    from {{ ref("channels") }}
    union all
    select
        'unknown' as channel_key,
        'unknown' as channel_mode,
        false as is_live,
        'Unknown' as label_en,
        '未知' as label_zh
)

select * from final
