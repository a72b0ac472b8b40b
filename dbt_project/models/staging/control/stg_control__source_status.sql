with final as (
    select
        source_system,
        table_name,
        current_rows,
        minimum_rows,
        is_stale,
        has_landed,
        data_from,
        data_until
    from {{ source("raw", "source_status") }}
)

select * from final
