with final as (
    select
        seed,
        row_key,
        rule,
        detail
    from {{ source("raw", "weight_findings") }}
)

select * from final
