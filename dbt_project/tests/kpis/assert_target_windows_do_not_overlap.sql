select
    earlier.kpi_code,
    earlier.scope_type,
    earlier.scope_key,
    earlier.valid_from,
    earlier.valid_to,
    later.valid_from as next_valid_from,
    'two targets are in force on one day' as broken_rule
from {{ ref("kpi_target_levels") }} as earlier
inner join {{ ref("kpi_target_levels") }} as later
    on
        earlier.kpi_code = later.kpi_code
        and earlier.scope_type = later.scope_type
        and earlier.scope_key = later.scope_key
        and earlier.valid_from < later.valid_from
        and earlier.valid_to >= later.valid_from
