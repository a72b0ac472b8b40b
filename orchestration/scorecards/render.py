"""Render a scorecard as one self-contained page: inline style and drawings, no script, no other file."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from orchestration.scorecards import wording
from orchestration.scorecards.changes import Change
from orchestration.scorecards.model import Kpi, Scorecard, period_end
from orchestration.scorecards.provenance import Provenance
from orchestration.scorecards.sparkline import sparkline
from orchestration.scorecards.summary import by_pillar, summarise


def render_scorecard(
    card: Scorecard, provenance: Provenance, version: int, changes: Sequence[Change] = ()
) -> str:
    """The page of one version of a scorecard; `changes` against the version before, none for the first."""
    lines = {kpi.kpi_code: sparkline(card.trends[kpi.kpi_code].values, kpi.target) for kpi in card.kpis}
    template = environment().get_template("scorecard.html")
    return template.render(
        card=card,
        period_end=period_end(card.grain, card.period_start),
        provenance=provenance,
        version=version,
        changes=changes,
        labels={kpi.kpi_code: kpi for kpi in card.kpis},
        pillars=by_pillar(card.kpis),
        summary=summarise(card),
        lines=lines,
        provisional=[kpi.label_en for kpi in card.kpis if not kpi.is_complete and kpi.value is not None],
        root="../" * (card.path.count("/") + 3),
    )


@cache
def environment() -> Environment:
    """The templates, compiled once; every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["words"] = wording
    made.filters["utc"] = lambda stamp: stamp.replace("T", " ").removesuffix("+00:00")[:16]
    made.filters["interval"] = _interval
    made.filters["parts"] = _parts
    made.filters["figure"] = _figure
    return made


def _interval(kpi: Kpi) -> str:
    if kpi.low is None or kpi.high is None or kpi.is_suppressed:
        return ""
    return f"{wording.amount(kpi.low, kpi.unit)} to {wording.amount(kpi.high, kpi.unit)}"


def _parts(kpi: Kpi) -> str:
    if kpi.unit == "share" and kpi.denominator:
        return f"{wording.count_text(kpi.numerator)} of {wording.count_text(kpi.denominator)}"
    return f"n = {wording.count_text(kpi.n)}" if kpi.n else ""


def _figure(value: str | None, unit: str) -> str:
    """A stored figure of a unit, or a status, which is no figure."""
    try:
        return wording.amount(None if value is None else Decimal(value), unit)
    except InvalidOperation:
        return str(value)
