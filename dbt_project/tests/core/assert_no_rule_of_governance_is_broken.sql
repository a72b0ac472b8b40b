-- Every row names a seed, its row, the rule that it breaks and how; a red gate says the first.
select
    seed,
    row_key,
    rule,
    detail
from {{ ref("governance_findings") }}
