"""Read scorecards out of the published snapshot: one query per audience, one scorecard at a time."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import duckdb

from orchestration.scorecards.model import KPI_COLUMNS, Kpi, Member, Scorecard, Trend

_QUERY = """
with lines as (
    select
        report.* replace (
            case when not is_suppressed then value end as value,
            case when not is_suppressed then numerator end as numerator
        ),
        kpis.definition,
        {name} as member_name,
        {department} as member_department,
        list({{'start': period_start, 'value': case when not is_suppressed then value end}}) over (
            partition by member_key, kpi_code order by period_start rows between 11 preceding and current row
        ) as history
    from scorecards.rpt_scorecard_{audience} as report
    inner join (select kpi_code, definition from kpis.dim_kpi) as kpis using (kpi_code)
    where report.period_grain = ?
)
select period_start, member_key, member_name, member_department, share_at_target_last_12, history, {columns}
from lines
order by period_start, member_key, display_order
"""
_FIRST_KPI_COLUMN = 6


def read_scorecards(connection: duckdb.DuckDBPyConnection, audience: str, grain: str) -> Iterator[Scorecard]:
    """Every scorecard of an audience for periods of a grain (`week`, `month`), oldest period first.

    The report tables hold periods that are over only; a KPI whose cohort still matures is not `is_complete`.
    """
    of_team = audience == "team"
    query = _QUERY.format(
        audience=audience,
        name="coalesce(team_name, member_key)" if of_team else "'Whole organisation'",
        department="department_name" if of_team else "null::varchar",
        columns=", ".join(KPI_COLUMNS),
    )
    for (start, key), group in groupby(_rows(connection.execute(query, [grain])), lambda row: row[:2]):
        rows = list(group)
        kpis = tuple(Kpi(*row[_FIRST_KPI_COLUMN:]) for row in rows)
        trends = {kpi.kpi_code: _trend(row[4], row[5]) for kpi, row in zip(kpis, rows, strict=True)}
        yield Scorecard(audience, Member(key, rows[0][2], rows[0][3]), grain, start, kpis, trends)


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := result.fetchmany(5_000):
        yield from batch


def _trend(share: Any, history: list[dict[str, Any]]) -> Trend:
    starts = tuple(point["start"] for point in history)
    return Trend(share, starts, tuple(point["value"] for point in history))
