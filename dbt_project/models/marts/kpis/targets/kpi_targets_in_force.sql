with ancestors as (
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
        valid_from as from_date,
        valid_to as before_date,
        target,
        warning,
        floor
    from {{ ref("kpi_target_levels") }}
),

-- While the member has the ancestor and the ancestor has the target.
candidates as (
    select
        levels.kpi_code,
        ancestors.scope_type,
        ancestors.scope_key,
        ancestors.precedence,
        levels.scope_type as target_scope_type,
        levels.scope_key as target_scope_key,
        greatest(ancestors.from_date, levels.from_date) as from_date,
        least(ancestors.before_date, levels.before_date) as before_date,
        levels.target,
        levels.warning,
        levels.floor
    from ancestors
    inner join levels
        on
            ancestors.ancestor_type = levels.scope_type
            and ancestors.ancestor_key = levels.scope_key
            and ancestors.from_date < levels.before_date
            and ancestors.before_date > levels.from_date
),

dates as (
    select
        kpi_code,
        scope_type,
        scope_key,
        from_date
    from candidates
    union distinct
    select
        kpi_code,
        scope_type,
        scope_key,
        before_date as from_date
    from candidates
),

-- From each of these dates to the next the same candidates hold.
spans as (
    select
        *,
        lead(from_date) over (
            partition by kpi_code, scope_type, scope_key order by from_date
        ) as before_date
    from dates
),

final as (
    select
        spans.kpi_code,
        spans.scope_type,
        spans.scope_key,
        spans.from_date,
        spans.before_date,
        candidates.target_scope_type,
        candidates.target_scope_key,
        candidates.target,
        candidates.warning,
        candidates.floor
    from spans
    inner join candidates
        on
            spans.kpi_code = candidates.kpi_code
            and spans.scope_type = candidates.scope_type
            and spans.scope_key = candidates.scope_key
            and spans.from_date >= candidates.from_date
            and spans.from_date < candidates.before_date
    qualify row_number() over (
        partition by spans.kpi_code, spans.scope_type, spans.scope_key, spans.from_date
        order by candidates.precedence
    ) = 1
)

select * from final
