with targets as (
    select
        levels.kpi_code,
        levels.scope_type,
        levels.scope_key,
        levels.valid_from,
        levels.valid_to,
        levels.target,
        levels.warning,
        levels.floor,
        case kpis.direction when 'up' then 1 else -1 end as sign,
        seed.weight,
        seed.author,
        seed.approved_by
    from {{ ref("kpi_target_levels") }} as levels
    inner join {{ ref("dim_kpi") }} as kpis on levels.kpi_code = kpis.kpi_code
    inner join {{ ref("kpi_targets") }} as seed
        on
            levels.kpi_code = seed.kpi_code
            and levels.scope_type = seed.scope_type
            and levels.scope_key = seed.scope_key
            and levels.valid_from = seed.valid_from
),

judged as (
    select
        kpi_code,
        scope_type,
        scope_key,
        valid_from,
        case
            when valid_to < valid_from then 'it ends before it begins'
            when warning is null or floor is null
                then 'no rule gives a warning and a floor for this unit and direction: state them'
            when floor = target then 'the floor must differ from the target'
            when (target - floor) * sign < 0 then 'the floor lies on the better side of the target'
            when (target - warning) * sign < 0 or (warning - floor) * sign < 0
                then 'the warning must lie between the floor and the target'
            when weight < 0 or weight > 1 then 'a weight lies between 0 and 1'
            when author = approved_by then 'who proposes a target does not approve it'
        end as broken_rule
    from targets
)

select *
from judged
where broken_rule is not null
