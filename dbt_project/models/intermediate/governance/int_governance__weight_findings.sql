with weights as (
    select
        audience_code,
        kpi_code,
        weight,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from {{ ref("stg_control__kpi_weights") }}
),

targeted as (
    select distinct kpi_code
    from {{ ref("kpi_targets") }}
),

starts as (
    select distinct
        audience_code,
        valid_from
    from weights
),

sums as (
    select
        starts.audience_code,
        starts.valid_from,
        sum(weights.weight) as total
    from starts
    inner join weights
        on
            starts.audience_code = weights.audience_code
            and starts.valid_from >= weights.valid_from
            and starts.valid_from < weights.valid_to
    group by starts.audience_code, starts.valid_from
),

final as (
    select
        seed,
        row_key,
        rule,
        detail
    from {{ ref("stg_control__weight_findings") }}
    union all
    select
        'ahp_judgements' as seed,
        audience_code || ' from ' || valid_from as row_key,
        'the weights of an audience add up to 1' as rule,
        'they add up to ' || total as detail
    from sums
    where total <> 1
    union all
    select distinct
        'ahp_judgements' as seed,
        weights.audience_code || ' ' || weights.kpi_code as row_key,
        'a weighted KPI has a target' as rule,
        'without one it has no score' as detail
    from weights
    left join targeted on weights.kpi_code = targeted.kpi_code
    where targeted.kpi_code is null
)

select * from final
