with levels as (
    select
        concat_ws(' ', kpi_code, scope_type, scope_key, 'from', valid_from) as row_key,
        scope_type,
        scope_key,
        target,
        warning,
        floor,
        weight,
        case direction when 'up' then 1 else -1 end as sign
    from {{ ref("int_governance__target_levels") }}
    where direction is not null
),

judged as (
    select
        row_key,
        case
            when scope_type is null or scope_key is null
                then 'a target names its scope'
            when target is null then 'a target has a value'
            when warning is null or floor is null
                then 'where no rule gives warning and floor for the unit, the row does'
            when floor = target then 'the floor differs from the target'
            when (target - floor) * sign < 0 then 'the floor lies on the worse side of the target'
            when (target - warning) * sign < 0 or (warning - floor) * sign < 0
                then 'the warning lies between the floor and the target'
        end as rule,
        'target ' || coalesce(target || '', 'empty')
        || ', warning ' || coalesce(warning || '', 'empty')
        || ', floor ' || coalesce(floor || '', 'empty') as detail
    from levels
),

final as (
    select
        'kpi_targets' as seed,
        row_key,
        rule,
        detail
    from judged
    where rule is not null
    union all
    select
        'kpi_targets' as seed,
        row_key,
        'a weight lies between 0 and 1' as rule,
        'it is ' || weight as detail
    from levels
    where weight < 0 or weight > 1
    union all
    select
        'kpi_targets' as seed,
        row_key,
        'a weight by hand stands on a row of the organisation' as rule,
        'it stands on a ' || scope_type as detail
    from levels
    where weight is not null and scope_type <> 'organisation'
)

select * from final
