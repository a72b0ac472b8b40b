"""The end of `make run`: what was delivered, what the latest scorecard says, and where it lies."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import duckdb

from orchestration.governance.tables import refuse_broken_seeds
from orchestration.progress import table_lines
from orchestration.quality.verdict import GateName, GateRefused, read
from orchestration.settings import Settings
from orchestration.sources.contract import load_contracts
from orchestration.sources.manifest import Delivery, current_by_table, read_deliveries
from orchestration.warehouse.prepare import build_parameters, refuse_red_landing

LATEST_SCORECARD = """
select period_start, label_en, unit, value, target, status, n
from scorecards.rpt_scorecard_lines
where
    audience = 'executive'
    and period_grain = 'month'
    and target is not null
    and period_start = (
        select max(period_start) from scorecards.rpt_scorecard_periods
        where audience = 'executive' and period_grain = 'month'
    )
order by display_order
"""


LATEST_COMPOSITE = """
select value, share_of_weight_present
from kpis.fct_composite_scores
where
    (audience_code, part_type, period_grain) = ('executive', 'overall', 'month')
    and period_start = $month
"""


def summary_lines(settings: Settings, *, succeeded: bool) -> list[str]:
    """The closing lines of a run, ready to print."""
    deliveries = read_deliveries(settings.landing)
    lines = ["", "Delivered", *delivery_lines(settings, deliveries)]
    served = settings.published / "warehouse.duckdb"
    if not succeeded:
        state = "The last good publication stays." if served.exists() else "Nothing is published yet."
        return [*lines, "", f"The run failed. {refusal_of(settings)} {state}"]
    lines += ["", *scorecard_lines(served)]
    return [*lines, "", f"Scorecards: {settings.published / 'scorecards' / 'index.html'}"]


def refusal_of(settings: Settings) -> str:
    """Why nothing new is published, in one sentence: a landing check, a seed, a gate, else a step."""
    try:
        refuse_red_landing(settings)
        refuse_broken_seeds(settings.dbt_project_dir / "seeds")
    except GateRefused as refusal:
        return str(refusal)
    build_id = build_parameters(settings).build_id
    for gate in get_args(GateName):
        verdict = read(settings.warehouse, gate, build_id)
        if verdict is not None and not verdict.passed:
            return verdict.reason
    return "The reason stands above."


def delivery_lines(settings: Settings, deliveries: list[Delivery]) -> list[str]:
    """A row per table that received a file, then one line per file where something was wrong."""
    current = current_by_table(load_contracts(settings.contracts_dir), deliveries)
    tables = sorted({delivery.table for delivery in deliveries} & set(current))
    rows = [_table_row(table, current[table], deliveries) for table in tables]
    notes = [delivery.summary_line() for delivery in deliveries if delivery.needs_attention]
    return [*table_lines(("table", "files", "rows", "quarantined", "rejected files"), rows), *notes]


def _table_row(table: str, current: list[Delivery], deliveries: Iterable[Delivery]) -> tuple[str, ...]:
    rejected = sum(item.table == table and item.status == "rejected" for item in deliveries)
    landed = sum(item.landed_rows for item in current)
    quarantined = sum(item.quarantined_rows for item in current)
    return table, str(len(current)), f"{landed:,}", f"{quarantined:,}", str(rejected)


def scorecard_lines(served: Path) -> list[str]:
    """The organisation's latest complete month: the composite score, and a row per KPI with a target."""
    with duckdb.connect(str(served), read_only=True) as connection:
        rows = connection.execute(LATEST_SCORECARD).fetchall()
        if not rows:
            return ["No complete month yet: no scorecard."]
        score = connection.execute(LATEST_COMPOSITE, {"month": rows[0][0]}).fetchone()
    header = ("KPI", "value", "target", "status", "n")
    body = [
        (label, shown(value, unit), shown(target, unit), str(status), "" if n is None else f"{n:,}")
        for _, label, unit, value, target, status, n in rows
    ]
    title = f"Scorecard of the organisation, {rows[0][0]:%B %Y}"
    return [title, *composite_lines(score), *table_lines(header, body)]


def composite_lines(score: tuple[Any, Any] | None) -> list[str]:
    """The composite score in a line; none where no KPI has a weight."""
    if score is None:
        return []
    value, share = score
    shown_value = "n/a" if value is None else f"{value:.1f}"
    return [f"Composite score {shown_value}; {share * 100:.0f} % of the weight present"]


def shown(value: Any, unit: str) -> str:
    """A KPI's value in its unit; shares as per cent, nothing for null."""
    if value is None:
        return "n/a"
    return f"{value * 100:.1f} %" if unit == "share" else f"{value:,.1f} {unit}"
