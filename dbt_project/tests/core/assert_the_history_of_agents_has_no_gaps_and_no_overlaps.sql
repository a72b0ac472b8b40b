with versions as (
    select
        agent_id,
        valid_from,
        valid_to,
        is_current,
        lag(valid_to, 1, timestamp '1900-01-01 00:00:00')
            over (partition by agent_id order by valid_from asc)
            as must_start_at,
        row_number() over (partition by agent_id order by valid_from desc) = 1 as must_be_current
    from {{ ref("dim_agents") }}
)

select
    agent_id,
    valid_from
from versions
where
    valid_from <> must_start_at
    or valid_from >= valid_to
    or is_current <> must_be_current
    or is_current <> (valid_to = timestamp '9999-12-31 00:00:00')
