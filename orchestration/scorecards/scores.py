"""The composite scores of a scorecard: the whole, its parts, measured against perceived, what moved it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from orchestration.scorecards import labels
from orchestration.scorecards.model import Composite, Driver, Scorecard
from orchestration.scorecards.sparkline import Sparkline, sparkline

# A part that is measured and perceived alike may differ by as much as the limits of green and amber do.
_AGREE_WITHIN = 10
_PARTS = (
    ("Pillars", "支柱", "pillar", labels.PILLARS),
    ("Service elements", "服务要素", "element", labels.ELEMENTS),
)


@dataclass(frozen=True)
class Part:
    """A composite of a part of the indicator tree and what the part is called."""

    label: tuple[str, str]
    score: Composite


@dataclass(frozen=True)
class Contrast:
    """What is measured and what customers perceive, of the whole or of one service element."""

    label: tuple[str, str]
    measured: Composite
    perceived: Composite

    @property
    def difference(self) -> Decimal | None:
        """Perceived minus measured, in points."""
        if self.measured.value is None or self.perceived.value is None:
            return None
        return self.perceived.value - self.measured.value

    @property
    def verdict(self) -> tuple[str, str]:
        """Whether the two tell a manager the same."""
        if self.difference is None:
            return "cannot be compared", "无法比较"
        if abs(self.difference) < _AGREE_WITHIN:
            return "agree", "一致"
        if self.difference < 0:
            return "disagree: customers see it worse than it is measured", "客户感受更差"
        return "disagree: customers see it better than it is measured", "客户感受更好"


@dataclass(frozen=True)
class Moves:
    """The largest contributions to a change of the composite, and the sums of all, up and down."""

    raised: tuple[Driver, ...]
    lowered: tuple[Driver, ...]
    sum_raised: Decimal
    sum_lowered: Decimal


@dataclass(frozen=True)
class Scores:
    """Everything about composites that a page shows; it has none where no KPI has a weight."""

    overall: Composite
    history: Sparkline | None
    parts: tuple[tuple[str, str, tuple[Part, ...]], ...]
    contrasts: tuple[Contrast, ...]
    moves: Moves | None


def scores_of(card: Scorecard, listed: int = 4) -> Scores | None:
    """The scores of a scorecard; at most `listed` KPIs in each list of drivers."""
    overall = card.score()
    if overall is None:
        return None
    return Scores(
        overall=overall,
        history=sparkline(card.context.score_history, None),
        parts=tuple(
            (english, chinese, tuple(_parts(card, part_type, names)))
            for english, chinese, part_type, names in _PARTS
        ),
        contrasts=tuple(_contrasts(card)),
        moves=_moves(card.context.drivers, listed) if card.context.drivers else None,
    )


def _parts(card: Scorecard, part_type: str, names: dict[str, tuple[str, str]]) -> Iterable[Part]:
    scores = {score.part_code: score for score in card.composites if score.part_type == part_type}
    known = [code for code in names if code in scores] + [code for code in scores if code not in names]
    return (Part(labels.words(names, code), scores[code]) for code in known)


def _contrasts(card: Scorecard) -> Iterable[Contrast]:
    """The whole, then the service elements that have both kinds of KPIs."""
    pairs = [(("All KPIs", "全部指标"), "kind", "objective", "subjective")]
    pairs += [
        (names, "element_of_kind", f"objective/{code}", f"subjective/{code}")
        for code, names in labels.ELEMENTS.items()
    ]
    for names, part_type, measured_code, perceived_code in pairs:
        measured, perceived = card.score(part_type, measured_code), card.score(part_type, perceived_code)
        if measured and perceived:
            yield Contrast(names, measured, perceived)


def _moves(drivers: tuple[Driver, ...], listed: int) -> Moves:
    """Drivers come with the largest contribution first."""
    raised = [driver for driver in drivers if driver.contribution > 0]
    lowered = [driver for driver in drivers if driver.contribution < 0]
    return Moves(
        raised=tuple(raised[:listed]),
        lowered=tuple(lowered[:listed]),
        sum_raised=sum((driver.contribution for driver in raised), Decimal(0)),
        sum_lowered=sum((driver.contribution for driver in lowered), Decimal(0)),
    )
