"""Read scorecards out of the published snapshot: one query per audience, one scorecard at a time."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import duckdb

from orchestration.scorecards.model import KPI_COLUMNS, Kpi, Member, Scorecard, Trend

# A period is due once something in it is final; KPIs whose cohort still matures are marked provisional.
_QUERY = """
with report as (
    select
        *,
        {name} as member_name,
        {department} as member_department,
        bool_or(is_complete) over (partition by period_start) as is_due,
        bool_or(n > 0) over (partition by period_start, member_key) as has_data,
        list({{'start': period_start, 'value': value}}) over (
            partition by member_key, kpi_code order by period_start rows between 11 preceding and current row
        ) as history
    from scorecards.rpt_scorecard_{audience}
    where period_grain = ?
)
select period_start, member_key, member_name, member_department, share_at_target_last_12, history, {columns}
from report
where is_due and has_data
order by period_start, member_key, {order}
"""


def read_scorecards(connection: duckdb.DuckDBPyConnection, audience: str, grain: str) -> Iterator[Scorecard]:
    """Every scorecard of an audience for periods of a grain (`week`, `month`), oldest period first."""
    of_team = audience == "team"
    query = _QUERY.format(
        audience=audience,
        name="coalesce(team_name, member_key)" if of_team else "'Whole organisation'",
        department="department_name" if of_team else "null::varchar",
        columns=", ".join(KPI_COLUMNS),
        order=_display_order(connection, audience),
    )
    for (start, key), rows in groupby(_rows(connection.execute(query, [grain])), lambda row: row[:2]):
        members = list(rows)
        kpis = tuple(Kpi(*row[6:]) for row in members)
        trends = {kpi.kpi_code: _trend(row[4], row[5]) for kpi, row in zip(kpis, members, strict=True)}
        yield Scorecard(audience, Member(key, members[0][2], members[0][3]), grain, start, kpis, trends)


def _display_order(connection: duckdb.DuckDBPyConnection, audience: str) -> str:
    known = connection.execute(
        "select column_name from information_schema.columns where table_schema = 'scorecards' and table_name = ?",
        [f"rpt_scorecard_{audience}"],
    ).fetchall()
    return "display_order" if ("display_order",) in known else "pillar, aspect, kpi_code"


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := result.fetchmany(5_000):
        yield from batch


def _trend(share: Any, history: list[dict[str, Any]]) -> Trend:
    starts = tuple(point["start"] for point in history)
    return Trend(share, starts, tuple(point["value"] for point in history))
