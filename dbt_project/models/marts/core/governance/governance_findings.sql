with rules_of_seeds as (
    {{ findings_of([
        "int_governance__row_findings",
        "int_governance__target_findings",
        "int_governance__code_findings",
        "int_governance__weight_findings",
        "int_calendars__findings",
        "int_process__findings",
        "int_tickets__sla_findings",
    ]) }}
),

scopes as (
    select
        scope_type,
        scope_key
    from {{ ref("dim_scopes") }}
),

final as (
    select distinct
        seed,
        row_key,
        rule,
        detail
    from rules_of_seeds
    union all
    select
        'kpi_targets' as seed,
        concat_ws(' ', targets.kpi_code, targets.scope_type, targets.scope_key) as row_key,
        'a target is for a member of a scope' as rule,
        concat_ws(' ', targets.scope_type, targets.scope_key, 'is none') as detail
    from {{ ref("kpi_targets") }} as targets
    left join scopes
        on
            targets.scope_type = scopes.scope_type
            and targets.scope_key = scopes.scope_key
    where scopes.scope_key is null
    group by targets.kpi_code, targets.scope_type, targets.scope_key
)

select * from final
