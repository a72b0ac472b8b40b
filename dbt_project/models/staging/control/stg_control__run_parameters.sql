select
    build_id,
    as_of,
    reporting_time_zone,
    minimum_n
from {{ source("raw", "run_parameters") }}
