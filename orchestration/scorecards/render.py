"""Render a scorecard as one self-contained page: inline style and drawings, no script, no other file."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from orchestration.scorecards import labels, wording
from orchestration.scorecards.benchmarks import Effect, Level
from orchestration.scorecards.changes import Change
from orchestration.scorecards.model import Kpi, Scorecard, period_end
from orchestration.scorecards.provenance import Provenance
from orchestration.scorecards.rows import pillars_of
from orchestration.scorecards.scores import scores_of
from orchestration.scorecards.summary import summarise


def render_scorecard(
    card: Scorecard, provenance: Provenance, version: int, changes: Sequence[Change] = ()
) -> str:
    """The page of one version of a scorecard; `changes` against the version before, none for the first."""
    template = environment().get_template("scorecard.html")
    return template.render(
        card=card,
        period_end=period_end(card.grain, card.period_start),
        provenance=provenance,
        version=version,
        changes=changes,
        by_code={kpi.kpi_code: kpi for kpi in card.kpis},
        pillars=pillars_of(card, provenance.minimum_n),
        scores=scores_of(card),
        summary=summarise(card),
        benchmarks=_benchmarks(card),
        provisional=[kpi.label_en for kpi in card.kpis if not kpi.is_complete and kpi.value is not None],
        root="../" * (card.path.count("/") + 3),
    )


def _benchmarks(card: Scorecard) -> list[tuple[Kpi, tuple[Level, ...], tuple[Effect, ...]]]:
    """The KPIs of the card that others report of, with what they report."""
    known = card.context.benchmarks
    found = (
        (kpi, known.levels.get(kpi.kpi_code, ()), known.effects.get(kpi.kpi_code, ())) for kpi in card.kpis
    )
    return [(kpi, levels, effects) for kpi, levels, effects in found if levels or effects]


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
    made.globals["labels"] = labels
    made.filters["utc"] = lambda stamp: stamp.replace("T", " ").removesuffix("+00:00")[:16]
    made.filters["figure"] = _figure
    return made


def _figure(value: str | None, unit: str) -> str:
    """A stored figure of a unit, or a status, which is no figure."""
    try:
        return wording.amount(None if value is None else Decimal(value), unit)
    except InvalidOperation:
        return str(value)
