-- Rows behind a value against the value: the organisation by month, by each KPI's own rule. What a
-- rule says nothing of is null. Every scope and period: tests/end_to_end/test_evidence.py.
-- The distinct are counted where a rule asks for them: of all rows it would take most of the time.
with kpis as (
    select
        kpi_code,
        shape,
        evidence_rule
    from {{ ref("dim_kpi") }}
    where evidence_rule <> 'none' and model_name is not null
),

-- Kept in memory it would be every fact as often as it has KPIs.
evidence as not materialized (
    select
        evidence.kpi_code,
        kpis.evidence_rule,
        kpis.shape,
        evidence.source_system,
        evidence.evidence_date,
        evidence.until_date,
        cast(date_trunc('month', evidence.evidence_date) as date) as month_start,
        evidence.unit_key,
        evidence.agent_id,
        evidence.numerator,
        evidence.denominator,
        evidence.is_in_numerator,
        evidence.is_in_denominator
    from {{ ref("kpi_evidence") }} as evidence
    inner join kpis on evidence.kpi_code = kpis.kpi_code
    where evidence.reason is null and evidence.split_type is null
),

-- A stock is known as far as its source reaches; one of dates reaches to the midnight behind it.
months as (
    select
        periods.period_start,
        sources.source_system,
        least(periods.period_end, builds.as_of_date) as closing_date,
        least(
            periods.period_end,
            builds.as_of_date,
            {{ local_date("sources.data_until - interval 1 second", "builds.reporting_time_zone") }}
        ) as known_until_date,
        sources.data_until_date
    from {{ ref("dim_periods") }} as periods
    cross join {{ ref("dim_builds") }} as builds
    cross join {{ ref("dim_sources") }} as sources
    where periods.period_grain = 'month'
),

dated as (
    select
        kpi_code,
        month_start as period_start,
        case
            when evidence_rule = 'sums' and shape <> 'percentile' then coalesce(sum(numerator), 0)
            when evidence_rule = 'distinct'
                then
                    count(distinct unit_key) filter (
                        where evidence_rule = 'distinct' and is_in_numerator
                    )
            when evidence_rule = 'least' then min(numerator)
        end as numerator,
        case
            when evidence_rule = 'sums' and shape <> 'percentile' then coalesce(sum(denominator), 0)
        end as denominator,
        case evidence_rule
            when 'sums' then count(*) filter (where is_in_denominator)
            when 'rows' then count(*)
            when 'members' then count(*) filter (where agent_id <> 'unknown')
            when 'least' then 1
            else
                count(distinct unit_key) filter (
                    where evidence_rule in ('distinct', 'units') and is_in_denominator
                )
        end as n,
        evidence_rule = 'members' as may_lack_value
    from evidence
    where evidence_rule in ('sums', 'distinct', 'units', 'rows', 'members', 'least')
    group by kpi_code, evidence_rule, shape, month_start
),

standing as (
    select
        evidence.kpi_code,
        months.period_start,
        case
            when evidence.evidence_rule in ('at_end', 'during')
                then count(distinct evidence.unit_key) filter (where evidence.is_in_numerator)
        end as numerator,
        count(distinct evidence.unit_key) filter (where evidence.is_in_denominator) as n,
        case
            when evidence.evidence_rule in ('at_start', 'per_active', 'at_end', 'during')
                then count(distinct evidence.unit_key) filter (where evidence.is_in_denominator)
        end as denominator
    from evidence
    inner join months
        on
            evidence.source_system = months.source_system
            and case evidence.evidence_rule
                when 'at_start' then evidence.evidence_date <= months.period_start
                when 'per_active' then evidence.evidence_date <= months.period_start
                when 'open_at_end'
                    then
                        evidence.evidence_date <= months.closing_date
                        and months.closing_date <= months.data_until_date
                else
                    evidence.evidence_date <= months.known_until_date
                    and months.period_start <= months.known_until_date
            end
            and coalesce(
                evidence.until_date > case evidence.evidence_rule
                    when 'at_end' then months.known_until_date
                    when 'open_at_end' then months.closing_date
                    else months.period_start
                end,
                true
            )
    where
        evidence.evidence_rule in ('at_start', 'at_end', 'during', 'open_at_end')
        or (evidence.evidence_rule = 'per_active' and evidence.is_in_denominator)
    group by evidence.kpi_code, evidence.evidence_rule, months.period_start
),

happened as (
    select
        kpi_code,
        month_start as period_start,
        sum(numerator) as numerator
    from evidence
    where evidence_rule = 'per_active' and is_in_numerator
    group by kpi_code, month_start
),

added as (
    select
        kpi_code,
        period_start,
        numerator,
        denominator,
        n,
        may_lack_value
    from dated
    union all
    select
        standing.kpi_code,
        standing.period_start,
        case
            when kpis.evidence_rule = 'per_active' then coalesce(happened.numerator, 0)
            else standing.numerator
        end as numerator,
        standing.denominator,
        standing.n,
        true as may_lack_value
    from standing
    inner join kpis on standing.kpi_code = kpis.kpi_code
    left join happened
        on
            standing.kpi_code = happened.kpi_code
            and standing.period_start = happened.period_start
),

stated as (
    select
        kpi_values.kpi_code,
        kpi_values.period_start,
        kpi_values.numerator,
        kpi_values.denominator,
        kpi_values.n
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
    stated.n <> added.n
    or stated.numerator <> added.numerator
    or stated.denominator <> added.denominator
    or (added.kpi_code is null and (stated.n <> 0 or stated.numerator <> 0))
    or (
        stated.kpi_code is null
        and (added.n <> 0 or added.numerator <> 0)
        and not added.may_lack_value
    )
