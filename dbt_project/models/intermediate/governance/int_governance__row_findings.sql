with governed as (
    select
        seed,
        subject,
        concat_ws(' from ', subject, valid_from) as row_key,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        may_pause,
        max(coalesce(valid_to, date '9999-12-31')) over (
            partition by seed, subject
            order by valid_from, valid_to
            rows between unbounded preceding and 1 preceding
        ) as held_before,
        origin,
        nullif(trim(author), '') as author,
        nullif(trim(approved_by), '') as approved_by,
        approved_on,
        nullif(trim(reason), '') as reason
    from {{ ref("int_governance__rows") }}
),

final as (
    select
        seed,
        row_key,
        'a row says from when on it holds' as rule,
        'valid_from is empty' as detail
    from governed
    where valid_from is null
    union all
    select
        seed,
        row_key,
        'a row ends after it begins' as rule,
        'it ends on ' || valid_to as detail
    from governed
    where valid_to <= valid_from
    union all
    select
        seed,
        row_key,
        'on any day one row holds' as rule,
        'the row before it ' || case
            when held_before < date '9999-12-31' then 'ends on ' || held_before
            else 'holds until further notice'
        end as detail
    from governed
    where valid_from < held_before
    union all
    select
        seed,
        row_key,
        'there is no gap between two rows' as rule,
        'nothing holds from ' || held_before || ' to ' || (valid_from - 1) as detail
    from governed
    where valid_from > held_before and not may_pause
    union all
    select
        seed,
        row_key,
        'a row names its author, its approver, the day of the approval and a reason' as rule,
        case
            when author is null then 'author'
            when approved_by is null then 'approved_by'
            when approved_on is null then 'approved_on'
            else 'reason'
        end || ' is empty' as detail
    from governed
    where author is null or approved_by is null or approved_on is null or reason is null
    union all
    select
        seed,
        row_key,
        'who proposes a row does not approve it' as rule,
        'author and approver are ' || approved_by as detail
    from governed
    where lower(author) = lower(approved_by)
    union all
    select
        seed,
        row_key,
        'an origin is quoted, implied, benchmark, standard or house' as rule,
        'it is ' || coalesce(origin, 'empty') as detail
    from governed
    where coalesce(origin, '') not in ('quoted', 'implied', 'benchmark', 'standard', 'house')
)

select * from final
