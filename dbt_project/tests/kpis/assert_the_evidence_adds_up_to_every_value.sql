-- Rows behind a value against the value: the organisation by month, by each KPI's own rule. What a
-- rule says nothing of is null. Every scope and period: tests/end_to_end/test_evidence.py.
-- Whole facts are read, once per KPI: so each part names its KPIs and reads the rows of no others.
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
        end as n,
        evidence_rule = 'members' as may_lack_value
    from evidence
    where kpi_code in {{ kpi_codes_by_rule(["sums", "rows", "members", "least"]) }}
    group by kpi_code, evidence_rule, shape, month_start
),

-- Apart, because all that tells units apart is read for them.
distinct_units as (
    select
        kpi_code,
        month_start as period_start,
        case
            when evidence_rule = 'distinct'
                then count(distinct unit_key) filter (where is_in_numerator)
        end as numerator,
        count(distinct unit_key) filter (where is_in_denominator) as n
    from evidence
    where kpi_code in {{ kpi_codes_by_rule(["distinct", "units"]) }}
    group by kpi_code, evidence_rule, month_start
),

last_month as (
    select max(period_start) as period_start
    from months
),

-- Kept, as one aggregation over the branches of all facts fits into no memory and is not spilled.
lasting as materialized (
    select
        kpi_code,
        evidence_rule,
        source_system,
        evidence_date,
        until_date,
        month_start,
        unit_key,
        is_in_numerator,
        is_in_denominator
    from evidence
    where
        kpi_code in {{ kpi_codes_by_rule(
            ["at_start", "at_end", "during", "open_at_end", "per_active"]
        ) }}
        and (evidence_rule <> 'per_active' or is_in_denominator)
),

-- What stands is looked for in the months that it may stand in: joined with all of them it would be
-- hundreds of rows each.
spread as not materialized (
    select
        lasting.kpi_code,
        lasting.evidence_rule,
        lasting.source_system,
        lasting.evidence_date,
        lasting.until_date,
        lasting.unit_key,
        lasting.is_in_numerator,
        lasting.is_in_denominator,
        cast(unnest(generate_series(
            lasting.month_start,
            coalesce(
                case when lasting.until_date <= builds.as_of_date then lasting.until_date end,
                last_month.period_start
            ),
            interval 1 month
        )) as date) as period_start
    from lasting
    cross join {{ ref("dim_builds") }} as builds
    cross join last_month
),

standing as (
    select
        spread.kpi_code,
        months.period_start,
        case
            when spread.evidence_rule in ('at_end', 'during')
                then count(distinct spread.unit_key) filter (where spread.is_in_numerator)
        end as numerator,
        count(distinct spread.unit_key) filter (where spread.is_in_denominator) as n,
        case
            when spread.evidence_rule in ('at_start', 'per_active', 'at_end', 'during')
                then count(distinct spread.unit_key) filter (where spread.is_in_denominator)
        end as denominator
    from spread
    inner join months
        on
            spread.source_system = months.source_system
            and spread.period_start = months.period_start
            and case spread.evidence_rule
                when 'at_start' then spread.evidence_date <= months.period_start
                when 'per_active' then spread.evidence_date <= months.period_start
                when 'open_at_end'
                    then
                        spread.evidence_date <= months.closing_date
                        and months.closing_date <= months.data_until_date
                else
                    spread.evidence_date <= months.known_until_date
                    and months.period_start <= months.known_until_date
            end
            and coalesce(
                spread.until_date > case spread.evidence_rule
                    when 'at_end' then months.known_until_date
                    when 'open_at_end' then months.closing_date
                    else months.period_start
                end,
                true
            )
    group by spread.kpi_code, spread.evidence_rule, months.period_start
),

happened as (
    select
        kpi_code,
        month_start as period_start,
        sum(numerator) as numerator
    from evidence
    where kpi_code in {{ kpi_codes_by_rule(["per_active"]) }} and is_in_numerator
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
        kpi_code,
        period_start,
        numerator,
        null as denominator,
        n,
        false as may_lack_value
    from distinct_units
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
