with used as (
    select
        'fct_kpi_values' as used_by,
        scope_type,
        scope_key
    from {{ ref("fct_kpi_values") }}
    union distinct
    select
        'kpi_targets' as used_by,
        scope_type,
        scope_key
    from {{ ref("kpi_targets") }}
)

select
    used.used_by,
    used.scope_type,
    used.scope_key
from used
left join {{ ref("dim_scopes") }} as members
    on
        used.scope_type = members.scope_type
        and used.scope_key = members.scope_key
where members.scope_key is null
