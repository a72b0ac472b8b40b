-- Rows behind a value against the value: the organisation by month, by each KPI's own rule.
with kpis as (
    select
        kpi_code,
        shape,
        evidence_rule
    from {{ ref("dim_kpi") }}
    where evidence_rule <> 'none' and model_name is not null
),

months as (
    select
        periods.period_start,
        least(periods.period_end, builds.as_of_date) as closing_date
    from {{ ref("dim_periods") }} as periods
    cross join {{ ref("dim_builds") }} as builds
    where periods.period_grain = 'month'
),

evidence as (
    select
        evidence.kpi_code,
        kpis.evidence_rule,
        evidence.evidence_date,
        evidence.until_date,
        evidence.unit_key,
        evidence.numerator,
        evidence.denominator,
        evidence.is_in_denominator
    from {{ ref("kpi_evidence") }} as evidence
    inner join kpis on evidence.kpi_code = kpis.kpi_code
    where evidence.reason is null
),

added as (
    select
        kpi_code,
        cast(date_trunc('month', evidence_date) as date) as period_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        count(*) filter (where is_in_denominator) as n,
        evidence_rule = 'numerator' as may_lack_value
    from evidence
    where evidence_rule in ('sums', 'numerator')
    group by kpi_code, evidence_rule, cast(date_trunc('month', evidence_date) as date)
    union all
    select
        kpi_code,
        cast(date_trunc('month', evidence_date) as date) as period_start,
        null as numerator,
        null as denominator,
        count(distinct unit_key) as n,
        false as may_lack_value
    from evidence
    where evidence_rule = 'units'
    group by kpi_code, cast(date_trunc('month', evidence_date) as date)
    union all
    select
        evidence.kpi_code,
        months.period_start,
        null as numerator,
        null as denominator,
        count(*) as n,
        true as may_lack_value
    from evidence
    inner join months
        on
            evidence.evidence_date <= case evidence.evidence_rule
                when 'at_start' then months.period_start
                else months.closing_date
            end
            and coalesce(
                evidence.until_date > case evidence.evidence_rule
                    when 'at_start' then months.period_start
                    else months.closing_date
                end,
                true
            )
    where evidence.evidence_rule in ('at_end', 'at_start')
    group by evidence.kpi_code, months.period_start
),

stated as (
    select
        kpi_values.kpi_code,
        kpi_values.period_start,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.n,
        kpis.evidence_rule = 'sums' and kpis.shape <> 'percentile' as has_parts,
        kpis.evidence_rule
    from {{ ref("fct_kpi_values") }} as kpi_values
    inner join kpis on kpi_values.kpi_code = kpis.kpi_code
    where kpi_values.period_grain = 'month' and kpi_values.scope_type = 'organisation'
)

select
    coalesce(stated.kpi_code, added.kpi_code) as kpi_code,
    coalesce(stated.period_start, added.period_start) as period_start,
    stated.numerator,
    stated.denominator,
    stated.n,
    added.numerator as numerator_of_rows,
    added.denominator as denominator_of_rows,
    added.n as rows_that_count
from stated
full join added
    on
        stated.kpi_code = added.kpi_code
        and stated.period_start = added.period_start
where
    (
        stated.evidence_rule <> 'numerator'
        and coalesce(stated.n <> added.n, stated.n <> 0, false)
    )
    or (
        stated.evidence_rule = 'numerator'
        and stated.numerator <> coalesce(added.numerator, 0)
    )
    or (
        stated.has_parts
        and (
            stated.numerator <> coalesce(added.numerator, 0)
            or stated.denominator <> coalesce(added.denominator, 0)
        )
    )
    or (
        stated.kpi_code is null
        and (added.n <> 0 or added.numerator <> 0)
        and not added.may_lack_value
    )
