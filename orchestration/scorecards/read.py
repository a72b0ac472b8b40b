"""Read scorecards out of the published snapshot: one query per audience and subject, one card at a time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

import duckdb

from orchestration.scorecards.benchmarks import read_benchmarks
from orchestration.scorecards.model import (
    KPI_COLUMNS,
    Composite,
    Context,
    Driver,
    Kpi,
    Member,
    Scorecard,
    Trend,
    period_end,
)

_LINES = f"""
with history as (
    select
        kpi_code, scope_key, period_start,
        list(period_start) over last_12 as starts,
        list(case when not is_suppressed then value end) over last_12 as past_values
    from kpis.fct_kpi_values
    where period_grain = $grain and scope_type = $scope
    window last_12 as (
        partition by scope_key, kpi_code order by period_start rows between 11 preceding and current row
    )
),

report as (
    select
        lines.* replace (
            case when not is_suppressed then value end as value,
            case when not is_suppressed then numerator end as numerator
        ),
        kpis.definition
    from scorecards.rpt_scorecard_lines as lines
    inner join kpis.dim_kpi as kpis using (kpi_code)
    where lines.audience = $audience and lines.period_grain = $grain
)

select
    report.period_start, member_key, member_name, team_name, department_name, share_at_target_last_12,
    previous_year_value, starts, past_values, {", ".join(f"report.{name}" for name in KPI_COLUMNS)}
from report
inner join history
    on report.kpi_code = history.kpi_code and report.member_key = history.scope_key
    and report.period_start = history.period_start
order by report.period_start, report.member_key, report.display_order
"""
_FIRST_KPI_COLUMN = 9
_DUE = """
    select period_start, member_key from scorecards.rpt_scorecard_periods
    where is_due and audience = $audience and period_grain = $grain
"""
_COMPOSITES = f"""
with composites as (
    select *, list(value) over (
        partition by scope_key, part_type, part_code order by period_start
        rows between 11 preceding and current row
    ) as history
    from kpis.fct_composite_scores
    where audience_code = $audience and period_grain = $grain
)
select
    period_start, scope_key, part_type, part_code, value, share_of_weight_present, status, is_complete,
    previous_value, previous_year_value, case when part_type = 'overall' then history end
from composites
where (period_start, scope_key) in ({_DUE})
order by period_start, scope_key, part_type, part_code
"""
_DRIVERS = f"""
select
    period_start, scope_key, kpi_code, label_en, label_zh, presence, score_before, score, weight, contribution
from kpis.fct_score_drivers
inner join kpis.dim_kpi using (kpi_code)
where
    audience_code = $audience and period_grain = $grain and comparison = 'previous_period'
    and (period_start, scope_key) in ({_DUE})
order by period_start, scope_key, abs(contribution) desc, kpi_code
"""
_SCOPES = {"executive": "organisation"}
_Place = tuple[date, str]


def read_scorecards(connection: duckdb.DuckDBPyConnection, audience: str, grain: str) -> Iterator[Scorecard]:
    """Every due scorecard of an audience for periods of a grain (`week` to `year`), oldest period first.

    The report tables hold periods that are over only; a KPI whose cohort still matures is not `is_complete`.
    """
    keys = {"audience": audience, "grain": grain}
    composites, histories = _composites(connection, keys)
    drivers = defaultdict(list)
    for start, member, *driver in connection.execute(_DRIVERS, keys).fetchall():
        drivers[start, member].append(Driver(*driver))
    names, benchmarks = _names(connection), read_benchmarks(connection)
    result = connection.execute(_LINES, keys | {"scope": _SCOPES.get(audience, audience)})
    for place, group in groupby(_rows(result), lambda row: row[:2]):
        rows = list(group)
        kpis = tuple(Kpi(*row[_FIRST_KPI_COLUMN:]) for row in rows)
        trends = {kpi.kpi_code: _trend(row) for kpi, row in zip(kpis, rows, strict=True)}
        missing = tuple(name for code, name in names.items() if code not in trends)
        context = Context(
            trends,
            tuple(drivers[place]),
            missing,
            histories.get(place, ()),
            benchmarks.on(period_end(grain, place[0])),
        )
        start, key, name, team, department = rows[0][:5]
        member = Member(key, name, team, department)
        yield Scorecard(audience, member, grain, start, kpis, tuple(composites[place]), context)


def _composites(
    connection: duckdb.DuckDBPyConnection, keys: dict[str, str]
) -> tuple[dict[_Place, list[Composite]], dict[_Place, tuple[Any, ...]]]:
    """The composites by period and member, and the last 12 scores of the whole."""
    composites: dict[_Place, list[Composite]] = defaultdict(list)
    histories: dict[_Place, tuple[Any, ...]] = {}
    for start, member, *columns, history in connection.execute(_COMPOSITES, keys).fetchall():
        composites[start, member].append(Composite(*columns))
        if history is not None:
            histories[start, member] = tuple(history)
    return composites, histories


def _names(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    rows = connection.execute("select kpi_code, label_en, label_zh from kpis.dim_kpi order by display_order")
    return {code: (english, chinese) for code, english, chinese in rows.fetchall()}


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := result.fetchmany(5_000):
        yield from batch


def _trend(row: tuple[Any, ...]) -> Trend:
    share, year_before, starts, values = row[5:9]
    return Trend(share, tuple(starts), tuple(values), year_before)
