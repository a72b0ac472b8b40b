with final as (
    select
        is_incremental,
        touched_from,
        touched_until
    from {{ source("raw", "increment") }}
)

select * from final
