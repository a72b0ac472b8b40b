-- Every row names the seed, its row and the rule that it breaks.
select
    seed,
    row_key,
    rule,
    detail
from {{ ref("int_calendars__findings") }}
