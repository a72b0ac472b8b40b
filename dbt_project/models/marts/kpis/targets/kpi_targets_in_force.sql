with estimates as (
    select
        estimates.kpi_code,
        estimates.period_grain,
        estimates.period_start,
        periods.period_end,
        estimates.scope_type,
        estimates.scope_key
    from {{ ref("kpi_estimates") }} as estimates
    inner join {{ ref("dim_periods") }} as periods
        on
            estimates.period_grain = periods.period_grain
            and estimates.period_start = periods.period_start
),

ancestors as (
    select
        scope_type,
        scope_key,
        ancestor_type,
        ancestor_key,
        precedence,
        from_date,
        before_date
    from {{ ref("kpi_scope_ancestors") }}
),

levels as (
    select
        kpi_code,
        scope_type,
        scope_key,
        valid_from,
        valid_to,
        target,
        warning,
        floor
    from {{ ref("kpi_target_levels") }}
),

final as (
    select
        estimates.kpi_code,
        estimates.period_grain,
        estimates.period_start,
        estimates.scope_type,
        estimates.scope_key,
        levels.scope_type as target_scope_type,
        levels.scope_key as target_scope_key,
        levels.target,
        levels.warning,
        levels.floor
    from estimates
    inner join ancestors
        on
            estimates.scope_type = ancestors.scope_type
            and estimates.scope_key = ancestors.scope_key
            and estimates.period_end >= ancestors.from_date
            and estimates.period_end < ancestors.before_date
    inner join levels
        on
            estimates.kpi_code = levels.kpi_code
            and ancestors.ancestor_type = levels.scope_type
            and ancestors.ancestor_key = levels.scope_key
            and estimates.period_end between levels.valid_from and levels.valid_to
    qualify row_number() over (
        partition by
            estimates.kpi_code, estimates.period_grain, estimates.period_start,
            estimates.scope_type, estimates.scope_key
        order by ancestors.precedence
    ) = 1
)

select * from final
