with targets as (
    select
        kpi_code,
        scope_type,
        scope_key,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        target,
        warning,
        floor,
        weight
    from {{ ref("kpi_targets") }}
),

kpis as (
    select
        kpi_code,
        direction,
        unit
    from {{ ref("int_governance__kpis") }}
),

-- Rule 10 of the KPI catalogue; no rule (null) means that warning and floor must be given.
final as (
    select
        targets.kpi_code,
        targets.scope_type,
        targets.scope_key,
        targets.valid_from,
        targets.valid_to,
        targets.target,
        cast(coalesce(targets.warning, case
            when kpis.direction = 'up' and kpis.unit = 'share' then targets.target - 0.05
            when kpis.direction = 'up' and kpis.unit = 'points' then targets.target - 5
            when kpis.direction = 'down' and kpis.unit in ('share', 'count')
                then targets.target * 1.5
            when kpis.direction = 'down' and kpis.unit in ('seconds', 'minutes', 'hours')
                then targets.target * 1.25
        end) as decimal(18, 6)) as warning,
        cast(coalesce(targets.floor, case
            when kpis.direction = 'up' and kpis.unit = 'share' then targets.target - 0.25
            when kpis.direction = 'up' and kpis.unit = 'points' then targets.target - 25
            when kpis.direction = 'down' and kpis.unit in ('share', 'count')
                then targets.target * 3
            when kpis.direction = 'down' and kpis.unit in ('seconds', 'minutes', 'hours')
                then targets.target * 2
        end) as decimal(18, 6)) as floor,
        targets.weight,
        kpis.direction
    from targets
    left join kpis on targets.kpi_code = kpis.kpi_code
)

select * from final
