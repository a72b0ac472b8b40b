"""How long readers wait: the queries of a scorecard and of a BI tool on the published snapshot."""

import statistics
import time
from pathlib import Path

import duckdb

REPEATS = 30
QUERIES = {
    "one member's scorecard": """
        select * from scorecards.rpt_scorecard_lines
        where audience = 'team' and period_grain = 'month' and member_key = $member and period_start = $month
    """,
    "a KPI's last 12 months by team": """
        select scope_key, period_start, value, target, status from kpis.fct_kpi_values
        where kpi_code = 'first_response_sla' and scope_type = 'team' and period_grain = 'month'
        order by period_start desc limit 120
    """,
    "all KPIs of the organisation's newest month": """
        select kpi_code, value, target, status, score from kpis.fct_kpi_values
        where scope_type = 'organisation' and period_grain = 'month' and period_start = $month
    """,
    "composites of all teams": """
        select scope_key, period_start, value from kpis.fct_composite_scores
        where audience_code = 'team' and part_type = 'overall' and period_grain = 'month'
    """,
}
_NEWEST = """
    select member_key, period_start from scorecards.rpt_scorecard_lines
    where audience = 'team' and period_grain = 'month' order by period_start desc, member_key limit 1
"""


def read_as_bi(snapshot: Path) -> dict[str, dict[str, float]]:
    """Milliseconds per query, p50 and p95 of 30 repetitions on one connection, results fetched."""
    found = {}
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        member, month = connection.execute(_NEWEST).fetchall()[0]
        for name, query in QUERIES.items():
            wanted = {"member": member, "month": month}
            given = {key: value for key, value in wanted.items() if f"${key}" in query}
            spent = sorted(_milliseconds(connection, query, given) for _ in range(REPEATS))
            p95 = spent[-(-95 * REPEATS // 100) - 1]
            found[name] = {"p50": round(statistics.median(spent), 1), "p95": round(p95, 1)}
    return found


def _milliseconds(connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, object]) -> float:
    started = time.monotonic()
    connection.execute(query, given).fetchall()
    return 1000 * (time.monotonic() - started)
