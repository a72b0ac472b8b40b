with final as (
    select
        source_system,
        table_count,
        cast(row_count as bigint) as row_count,
        data_from,
        data_until,
        data_until_date,
        is_stale,
        has_landed
    from {{ ref("int_sources__reach") }}
    union all
    select
        'unknown' as source_system,
        0 as table_count,
        0 as row_count,
        null as data_from,
        null as data_until,
        null as data_until_date,
        false as is_stale,
        false as has_landed
)

select * from final
