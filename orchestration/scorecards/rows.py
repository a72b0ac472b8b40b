"""The lines of a scorecard's tables in words: a KPI, its percentiles and business-time twin are one line."""

from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.scorecards import wording
from orchestration.scorecards.model import Composite, Kpi, Scorecard
from orchestration.scorecards.sparkline import Sparkline, sparkline

_VARIANTS = {
    "p50": ("median", "中位数"),
    "p90": ("90th percentile", "90分位"),
    "bh": ("business time", "工作时间"),
}


@dataclass(frozen=True)
class Row:
    """One line of a KPI table; every text is ready to print, an empty one is left out."""

    kpi: Kpi
    value: str
    parts: str
    interval: str
    target: str
    state: tuple[str, str, str]
    change: str
    verdict: tuple[str, str, str]
    year_change: str
    year_verdict: tuple[str, str, str]
    variants: str
    others: str
    weight: str
    line: Sparkline | None
    line_text: str
    share_at_target: str


@dataclass(frozen=True)
class Aspect:
    """The lines of one aspect, with its composite where it has one."""

    code: str
    score: Composite | None
    rows: tuple[Row, ...]


def pillars_of(card: Scorecard, minimum_n: int) -> dict[str, list[Aspect]]:
    """Pillar -> aspects -> lines, each in the order of its first KPI."""
    grouped: dict[str, dict[str, list[Row]]] = {}
    variants = _variants(card.kpis)
    for kpi in card.kpis:
        if _base_of(kpi.kpi_code, variants) is None:
            row = _row(card, kpi, variants.get(kpi.kpi_code, []), minimum_n)
            grouped.setdefault(kpi.pillar, {}).setdefault(kpi.aspect, []).append(row)
    return {
        pillar: [Aspect(code, card.score("aspect", code), tuple(rows)) for code, rows in aspects.items()]
        for pillar, aspects in grouped.items()
    }


def _split(code: str) -> tuple[str, list[str]]:
    """A code without its endings, and the endings: `x_bh_p50` is x, [bh, p50]."""
    endings: list[str] = []
    base, _, ending = code.rpartition("_")
    while base and ending in _VARIANTS:
        endings.insert(0, ending)
        code, (base, _, ending) = base, base.rpartition("_")
    return code, endings


def _variants(kpis: Iterable[Kpi]) -> dict[str, list[Kpi]]:
    """By the code of a KPI on the card: its percentiles and twins."""
    codes = {kpi.kpi_code for kpi in kpis}
    variants: dict[str, list[Kpi]] = {}
    for kpi in kpis:
        base, endings = _split(kpi.kpi_code)
        if endings and base in codes:
            variants.setdefault(base, []).append(kpi)
    return variants


def _base_of(code: str, variants: dict[str, list[Kpi]]) -> str | None:
    base, endings = _split(code)
    return base if endings and base in variants else None


def _variant_text(kpi: Kpi) -> str:
    endings = [_VARIANTS[ending] for ending in _split(kpi.kpi_code)[1]]
    english, chinese = (" ".join(words) for words in zip(*endings, strict=True))
    return f"{english} {chinese} {wording.value_text(kpi)}"


def _row(card: Scorecard, kpi: Kpi, variants: list[Kpi], minimum_n: int) -> Row:
    trend = card.context.trends[kpi.kpi_code]
    change, year_change = kpi.change, None
    if kpi.value is not None and trend.year_before is not None:
        year_change = kpi.value - trend.year_before
    line = sparkline(trend.values, kpi.target)
    return Row(
        kpi=kpi,
        value=wording.value_text(kpi),
        parts=f"n = {kpi.n}, shown from {minimum_n}" if kpi.is_suppressed else wording.parts_text(kpi),
        interval=wording.interval_text(kpi),
        target=wording.target_text(kpi),
        state=wording.state(kpi),
        change=wording.change_text(kpi, change),
        verdict=wording.judgement(kpi, change),
        year_change=wording.change_text(kpi, year_change),
        year_verdict=wording.judgement(kpi, year_change),
        variants=" · ".join(_variant_text(variant) for variant in variants if variant.value is not None),
        others=wording.others_text(card.context.benchmarks.levels.get(kpi.kpi_code, ()), kpi.unit),
        weight=wording.amount(kpi.weight, "share") if kpi.weight else "",
        line=line,
        line_text=wording.trend_text(kpi, trend) if line else "",
        share_at_target=(
            "" if trend.share_at_target is None else wording.amount(trend.share_at_target, "share", 0)
        ),
    )
