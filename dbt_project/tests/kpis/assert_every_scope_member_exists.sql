select distinct
    used.scope_type,
    used.scope_key
from {{ ref("fct_kpi_values") }} as used
left join {{ ref("dim_scopes") }} as members
    on
        used.scope_type = members.scope_type
        and used.scope_key = members.scope_key
where members.scope_key is null
