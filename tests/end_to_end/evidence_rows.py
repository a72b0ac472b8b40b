"""Adds the rows of `kpis.kpi_evidence` up to what every value must be, everywhere, by each KPI's rule.

A part of which a rule says nothing is null. What is told by a formula is worked out from the rows once more.
"""

import duckdb

from tests.kpis.macros import call

# One row per evidence row and scope that it stands in, where its KPI has values of that scope type.
ROWS = """
create temp table rows as
with named as (
    select
        evidence.* exclude (reason, mature_from), kpis.evidence_rule, kpis.shape,
        unnest([{scopes}]) as scope
    from kpis.kpi_evidence as evidence
    inner join kpis.dim_kpi as kpis using (kpi_code)
    where evidence.reason is null
)
select * exclude (scope), scope.scope_type, scope.scope_key
from named
semi join kpis.fct_kpi_values as stated
    on named.kpi_code = stated.kpi_code and named.scope.scope_type = stated.scope_type
where scope.scope_key is not null and coalesce(split_type = scope.scope_type, true)
"""
# A stock is known as far as its source reaches; a source of dates reaches to the midnight behind it.
PERIODS = """
create temp table periods as
select
    periods.period_grain, periods.period_start, periods.period_end, sources.source_system,
    least(periods.period_end, builds.as_of_date) as closing_date,
    least(
        periods.period_end, builds.as_of_date,
        cast(
            timezone(builds.reporting_time_zone, timezone('UTC', sources.data_until - interval 1 second))
            as date
        )
    ) as known_until_date,
    least(periods.period_end, builds.last_complete_date) + 1 as judged_on,
    sources.data_until_date,
    epoch(least(
        timezone('UTC', timezone(builds.reporting_time_zone, cast(closing_date + 1 as timestamp))),
        sources.data_until
    )) as closing_epoch
from kpis.dim_periods as periods, core.dim_builds as builds, core.dim_sources as sources
"""
PLACE = "kpi_code, scope_type, scope_key, period_grain, period_start"
DATED = """
    rows inner join (select distinct period_grain, period_start, period_end from periods) as periods
        on rows.evidence_date between periods.period_start and periods.period_end
"""
# Days first: a month has thirty of them, and thousands of rows.
DAYS = """
create temp table days as
select
    kpi_code, evidence_rule, shape, scope_type, scope_key, evidence_date,
    coalesce(sum(numerator), 0) as numerator, coalesce(sum(denominator), 0) as denominator,
    count(*) filter (where is_in_denominator) as n
from rows
where evidence_rule in ('sums', 'shares', 'gaps', 'per_active')
    and (evidence_rule <> 'per_active' or is_in_numerator)
group by all
"""
SUMS = f"""
create temp table sums as
select
    evidence_rule, shape, {PLACE},
    sum(numerator) as numerator, sum(denominator) as denominator, sum(n) as n
from days inner join (select distinct period_grain, period_start, period_end from periods) as periods
    on days.evidence_date between periods.period_start and periods.period_end
group by all
"""
OF_SUMS = f"""
select
    {PLACE}, case when shape <> 'percentile' then numerator end as numerator,
    case when shape <> 'percentile' then denominator end as denominator, n, false as may_lack_value
from sums
where evidence_rule = 'sums'
"""
# The organisation has no share of itself, so the whole is added up from the members of one kind.
OF_SHARES = f"""
select {PLACE}, sums.numerator, whole.denominator, whole.denominator as n, false
from sums inner join (
    select kpi_code, period_grain, period_start, count(distinct row_key) as denominator
    from {DATED}
    where evidence_rule = 'shares'
    group by all
) as whole using (kpi_code, period_grain, period_start)
where evidence_rule = 'shares'
"""
OF_GAPS = f"""
select
    {PLACE}, points * other_weight - other_points * weight, weight * other_weight, n, false
from (
    select
        {PLACE}, numerator as points, denominator as weight, n,
        sum(numerator) over others - numerator as other_points,
        sum(denominator) over others - denominator as other_weight
    from sums
    where evidence_rule = 'gaps' and scope_key <> 'unknown'
    window others as (partition by kpi_code, period_grain, period_start, scope_type)
)
where other_weight > 0
"""
STANDING = """
    rows inner join periods on rows.source_system = periods.source_system
        and rows.evidence_date <= periods.{day}
        and coalesce(rows.until_date > periods.{until}, true)
"""
AT_START = STANDING.format(day="period_start", until="period_start")
OF_ACTIVE = f"""
with base as (
    select {PLACE}, count(*) as units from {AT_START}
    where evidence_rule = 'per_active' and is_in_denominator group by all
)
select {PLACE}, coalesce(sums.numerator, 0), base.units, base.units, true
from base left join sums using ({PLACE})
"""
OF_DISTINCT = f"""
select
    {PLACE}, count(distinct unit_key) filter (where is_in_numerator),
    count(distinct unit_key) filter (where is_in_denominator),
    count(distinct unit_key) filter (where is_in_denominator), false
from {DATED}
where evidence_rule = 'distinct'
group by all
"""
# What of the units makes the value, KPI by KPI.
UNITS = f"""
create temp table units as
select {PLACE}, unit_key, sum(numerator) as above, sum(denominator) as below, count(*) as row_count
from {DATED}
where evidence_rule = 'units'
group by all
"""
OF_BALANCE = f"""
select
    {PLACE}, count(*) * sum(above * above) - sum(above) * sum(above), sum(above) * sum(above), count(*), true
from units where kpi_code = 'workload_balance' group by all
"""
OF_REPURCHASE = f"""
select {PLACE}, count(*) filter (where row_count >= 2), count(*), count(*), false
from units where kpi_code = 'repurchase_rate' group by all
"""
# An agent's target in force is the one that the agent's own value shows; the agent counts for the team in
# which the period ended, which no single ticket tells.
OF_TARGETS = """
with homes as (
    select
        period_grain, period_start, agent_id,
        arg_max(department_key, valid_from) as department_key, arg_max(team_key, valid_from) as team_key
    from (select distinct period_grain, period_start, period_end from periods)
    cross join core.dim_builds as builds
    inner join core.dim_agents
        on cast(timezone(reporting_time_zone, timezone('UTC', valid_from)) as date) <= period_end
    group by all
),
judged as (
    select
        units.*, own.target, unnest([
            {'scope_type': 'organisation', 'scope_key': 'all'},
            {'scope_type': 'department', 'scope_key': department_key},
            {'scope_type': 'team', 'scope_key': team_key}, {'scope_type': 'agent', 'scope_key': agent_id}
        ]) as scope
    from units
    inner join homes
        on units.unit_key = homes.agent_id
        and units.period_grain = homes.period_grain and units.period_start = homes.period_start
    inner join kpis.fct_kpi_values as own
        on own.kpi_code = 'first_response_sla' and own.scope_type = 'agent' and own.scope_key = units.unit_key
        and own.period_grain = units.period_grain and own.period_start = units.period_start
    where units.kpi_code = 'sla_target_hit_by_agent' and units.scope_type = 'agent' and own.target is not null
)
select
    kpi_code, scope.scope_type, scope.scope_key, period_grain, period_start,
    count(*) filter (where above >= target * below), count(*), count(*), false
from judged
group by all
"""
OF_PAIRS = f"""
select
    {PLACE}, 2 * (count(*) * sum(numerator) - sum(first_band) * sum(second_band)),
    count(*) * sum(denominator) - 2 * sum(first_band) * sum(second_band), count(*), false
from {DATED} inner join core.fct_qa_rating_pairs on row_key = rating_pair_key
where evidence_rule = 'rows'
group by all
"""
MEMBER = """
    case scope_key when 'channel' then channel_key when 'location' then location_key
        when 'weekday' then cast(isodow(evidence_date) as varchar) else agent_id end
"""
# The deviation itself is the matter of the ground truth; here its answers are counted.
OF_MEMBERS = f"""
select {PLACE}, null, null, count(*), true
from {DATED}
where evidence_rule = 'members' and {MEMBER} <> 'unknown'
group by all
"""
KEPT = """
    exists (
        select 1 from kpis.kpi_evidence as later
        where later.kpi_code = rows.kpi_code and later.unit_key = rows.unit_key
            and later.evidence_date <= periods.judged_on and later.until_date > periods.judged_on
    )
"""
OF_START = f"""
with base as (
    select {PLACE}, {KEPT} as is_kept from {AT_START}
    where evidence_rule = 'at_start'
)
select
    {PLACE}, count(*) filter (where is_kept = (kpi_code = 'retention_rate')), count(*), count(*), true
from base
group by all
"""
OF_STOCKS = """
select
    {place}, count(distinct unit_key) filter (where is_in_numerator),
    count(distinct unit_key) filter (where is_in_denominator),
    count(distinct unit_key) filter (where is_in_denominator), true
from {standing}
where evidence_rule = '{rule}' and periods.period_start <= periods.known_until_date
group by all
"""
OF_BACKLOG = f"""
select
    {PLACE},
    case when kpi_code = 'backlog_age_hours'
        then sum(periods.closing_epoch - epoch(tickets.created_at)) else count(*) end,
    case when kpi_code = 'backlog_age_hours' then count(*) else 1 end, count(*), true
from {STANDING.format(day="closing_date", until="closing_date")}
    inner join core.fct_tickets as tickets on rows.row_key = tickets.ticket_key
where evidence_rule = 'open_at_end' and periods.closing_date <= periods.data_until_date
group by {PLACE}
"""
OF_LEAST = f"""
select {PLACE}, min(numerator), 1, 1, false from {DATED} where evidence_rule = 'least' group by all
"""
PARTS = (
    OF_SUMS, OF_SHARES, OF_GAPS, OF_ACTIVE, OF_DISTINCT, OF_BALANCE, OF_REPURCHASE, OF_TARGETS, OF_PAIRS,
    OF_MEMBERS, OF_START, OF_BACKLOG, OF_LEAST,
    OF_STOCKS.format(
        place=PLACE, rule="at_end", standing=STANDING.format(day="known_until_date", until="known_until_date")
    ),
    OF_STOCKS.format(
        place=PLACE, rule="during", standing=STANDING.format(day="known_until_date", until="period_start")
    ),
)  # fmt: skip
# Rows without a value, where a KPI has values of that scope type and grain; values without rows; other parts.
COMPARED = f"""
select
    {PLACE}, stated.numerator, stated.denominator, stated.n,
    added.numerator as of_rows, added.denominator as base_of_rows, added.n as rows_that_count,
    case
        when stated.kpi_code is null
            then not added.may_lack_value and (added.n <> 0 or coalesce(added.numerator, 0) <> 0)
        when added.kpi_code is null then stated.n <> 0 or stated.numerator <> 0
        else
            stated.n <> added.n
            or coalesce(stated.numerator <> added.numerator, false)
            or coalesce(stated.denominator <> added.denominator, false)
    end as is_different
from kpis.fct_kpi_values as stated
full join added using ({PLACE})
semi join (select distinct kpi_code, scope_type, period_grain from kpis.fct_kpi_values) as told
    using (kpi_code, scope_type, period_grain)
"""


def compared(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `compared`: one row per value or place of rows, with `is_different`."""
    columns = {scope: call("kpi_scope_column", scope).strip() for scope in call("kpi_scope_types")}
    members = {
        "organisation": "'all'",
        **columns,
        # A set of answers to compare has no column: every answer stands in all four.
        **{f"spread_between/{key}": f"'{key}'" for key in ("agent", "channel", "location", "weekday")},
    }
    scopes = ", ".join(
        f"{{'scope_type': '{scope.split('/')[0]}', 'scope_key': {column}}}"
        for scope, column in members.items()
    )
    for statement in (PERIODS, ROWS.format(scopes=scopes), DAYS, SUMS, UNITS):
        connection.execute(statement)
    for number, part in enumerate(PARTS):
        select = f"select * from ({part}) as part ({PLACE}, numerator, denominator, n, may_lack_value)"
        connection.execute(
            f"create temp table added as {select}" if number == 0 else f"insert into added {select}"
        )
    connection.execute(f"create temp table compared as {COMPARED}")
