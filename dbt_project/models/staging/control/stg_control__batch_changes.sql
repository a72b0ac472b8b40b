with final as (
    select
        batch_id,
        change
    from {{ source("raw", "batch_changes") }}
)

select * from final
