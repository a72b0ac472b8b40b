with final as (
    select
        kpi_code,
        scope_type,
        scope_key,
        valid_from,
        valid_to,
        target,
        warning,
        floor
    from {{ ref("int_governance__target_levels") }}
    -- A row that is not whole is a finding, which a failed constraint would hide.
    where
        direction is not null
        and scope_type is not null
        and scope_key is not null
        and valid_from is not null
        and target is not null
        and warning is not null
        and floor is not null
)

select * from final
