-- Spans of days that follow each other without a gap; limits in order; somebody else's approval.
with limits as (
    select
        target,
        warning,
        minimum_weight_present,
        valid_from,
        valid_to,
        author,
        approved_by,
        approved_on,
        reason,
        lead(valid_from) over (order by valid_from) as next_from
    from {{ ref("composite_limits") }}
)

select
    valid_from,
    valid_to,
    author,
    approved_by
from limits
where
    target is null
    or warning is null
    or minimum_weight_present is null
    or not 100 >= target
    or not target > warning
    or not warning > 0
    or not minimum_weight_present between 0 and 1
    or valid_to <= valid_from
    or (next_from is null) <> (valid_to is null)
    or valid_to <> next_from
    or approved_by is null
    or author is null
    or approved_by = author
    or approved_on is null
    or reason is null
