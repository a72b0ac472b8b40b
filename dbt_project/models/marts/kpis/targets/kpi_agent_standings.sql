{{ config(materialized="view") }}

with measured as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_key as agent_id,
        numerator,
        denominator
    from {{ ref("kpi_values_tickets") }}
    where kpi_code = 'first_response_sla' and scope_type = 'agent' and denominator > 0
    union all
    select
        kpi_code,
        period_grain,
        period_start,
        scope_key as agent_id,
        numerator,
        denominator
    from {{ ref("kpi_values_qa_reviews") }}
    where kpi_code = 'qa_score' and scope_type = 'agent' and denominator > 0
),

periods as (
    select
        period_grain,
        period_start,
        period_end
    from {{ ref("dim_periods") }}
    where period_grain <> 'day'
),

ancestors as (
    select
        scope_key as agent_id,
        ancestor_type,
        ancestor_key,
        precedence,
        from_date,
        before_date
    from {{ ref("kpi_scope_ancestors") }}
    where scope_type = 'agent' and scope_key <> 'unknown'
),

levels as (
    select
        kpi_code,
        scope_type,
        scope_key,
        valid_from,
        valid_to,
        target,
        warning
    from {{ ref("kpi_target_levels") }}
),

-- More is better for both KPIs, and both are a quotient without a factor.
final as (
    select
        measured.kpi_code,
        measured.period_grain,
        measured.period_start,
        periods.period_end,
        measured.agent_id,
        max(ancestors.ancestor_key) filter (where ancestors.ancestor_type = 'team') as team_key,
        max(ancestors.ancestor_key) filter (where ancestors.ancestor_type = 'department')
            as department_key,
        measured.numerator
        >= min_by(levels.target, ancestors.precedence) * measured.denominator as is_at_target,
        measured.numerator
        < min_by(levels.warning, ancestors.precedence) * measured.denominator as is_below_warning
    from measured
    inner join periods
        on
            measured.period_grain = periods.period_grain
            and measured.period_start = periods.period_start
    inner join ancestors
        on
            measured.agent_id = ancestors.agent_id
            and periods.period_end >= ancestors.from_date
            and periods.period_end < ancestors.before_date
    left join levels
        on
            measured.kpi_code = levels.kpi_code
            and ancestors.ancestor_type = levels.scope_type
            and ancestors.ancestor_key = levels.scope_key
            and periods.period_end >= levels.valid_from
            and periods.period_end < levels.valid_to
    group by
        measured.kpi_code, measured.period_grain, measured.period_start, periods.period_end,
        measured.agent_id, measured.numerator, measured.denominator
)

select * from final
