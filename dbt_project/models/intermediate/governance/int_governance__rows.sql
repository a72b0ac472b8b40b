with rows_of_seeds as (
    {{ governed_rows() }}
),

final as (
    select
        seed,
        subject,
        valid_from,
        valid_to,
        may_pause,
        origin,
        author,
        approved_by,
        approved_on,
        reason
    from rows_of_seeds
)

select * from final
