"""Weights of the KPIs per audience and span of days: priorities multiplied down the hierarchy."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal, localcontext

from orchestration.governance.ahp import DIGITS, Priorities
from orchestration.governance.tables import ALWAYS, Finding, Table

ROOT = "overall"
STEP = Decimal("0.000001")
ONCE = "a code stands once in the hierarchy of an audience"
Shares = dict[str, Decimal]


@dataclass(frozen=True)
class Weight:
    """Share of a KPI in an audience's composite score; on `valid_to` it is in force no more."""

    audience: str
    kpi: str
    weight: Decimal
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class FixedWeight:
    """A weight that a target row gives by hand, in place of the judgements."""

    kpi: str
    weight: Decimal
    valid_from: date
    valid_to: date


class Refused(Exception):  # noqa: N818 - an audience has no weights on these days
    """The judgements give no weights; the finding is None where a table's own finding says why."""

    def __init__(self, finding: Finding | None = None) -> None:
        super().__init__()
        self.finding = finding


def weights_of(
    audience: str, tables: Collection[Table], fixed: Collection[FixedWeight]
) -> tuple[list[Weight], list[Finding]]:
    """The audience's weights over time; on any day with weights they add up to exactly 1.

    Days before its first table of the root have none. Where the judgements give none, a finding says why.
    """
    own = [table for table in tables if table.audience in ("", audience)]
    first = min((table.valid_from for table in own if table.parent == ROOT), default=None)
    if first is None:
        rule = f"every audience has judgements of `{ROOT}`, its own or everybody's"
        return [], [Finding("ahp_tables", audience, rule, "there are none")]
    spans = [(item.valid_from, item.valid_to) for item in own]
    spans += [(item.valid_from, item.valid_to) for item in fixed]
    begins = {begin for begin, _ in spans} | {end for _, end in spans if end < ALWAYS}
    days = sorted(day for day in begins if day >= first)
    hierarchy = Hierarchy(audience, own, fixed)
    weights: list[Weight] = []
    findings: dict[Finding, None] = {}
    for day, following in zip(days, [*days[1:], None], strict=True):
        try:
            shares = hierarchy.weights_on(day)
        except Refused as refused:
            findings |= {refused.finding: None} if refused.finding else {}
            continue
        weights += [Weight(audience, kpi, share, day, following) for kpi, share in shares.items()]
    return list(_joined(weights)), list(findings)


def rounded(shares: Mapping[str, Decimal]) -> Shares:
    """Shares cut to six places; the millionths that are missing to 1 go to the largest remainders."""
    cut = {code: share.quantize(STEP, ROUND_FLOOR) for code, share in shares.items()}
    missing = int((1 - sum(cut.values(), Decimal(0))) / STEP)
    by_remainder = sorted(shares, key=lambda code: (cut[code] - shares[code], code))
    return {code: cut[code] + (STEP if code in by_remainder[:missing] else 0) for code in shares}


@dataclass(frozen=True)
class Hierarchy:
    """The tables that an audience's weights come from, and the weights that are given by hand."""

    audience: str
    tables: Collection[Table]
    fixed: Collection[FixedWeight]

    def weights_on(self, day: date) -> Shares:
        """Every KPI's weight, adding up to exactly 1. Raises Refused."""
        by_hand = {item.kpi: item.weight for item in self.fixed if _holds(item, day)}
        nodes = {table.parent for table in self.tables} | {ROOT}
        judged: Shares = {}
        with localcontext() as context:
            context.prec = DIGITS
            for kpi, share in self._below(ROOT, Decimal(1), day, nodes):
                if kpi in judged:
                    raise Refused(self._finding(kpi, ONCE, f"twice on {day}"))
                judged[kpi] = share
            rest = {kpi: share for kpi, share in judged.items() if kpi not in by_hand}
            left, whole = 1 - sum(by_hand.values(), Decimal(0)), sum(rest.values(), Decimal(0))
            if left < 0 or (left > 0 and whole == 0):
                detail = f"on {day} they add up to {1 - left} for {', '.join(sorted(by_hand))}"
                raise Refused(Finding("kpi_targets", self.audience, "weights add up to 1", detail))
            shares = {kpi: share * left / whole for kpi, share in rest.items() if left} | by_hand
        return rounded(dict(sorted(shares.items())))

    def _below(self, node: str, share: Decimal, day: date, nodes: set[str]) -> Iterator[tuple[str, Decimal]]:
        """The KPIs below a node with their shares; `nodes` are those that may still follow."""
        if node not in nodes:
            raise Refused(self._finding(node, ONCE, "it stands below itself"))
        for code, part in self._in_force(node, day).weights.items():
            if any(table.parent == code for table in self.tables):
                yield from self._below(code, share * part, day, nodes - {node})
            else:
                yield code, share * part

    def _in_force(self, node: str, day: date) -> Priorities:
        """An audience's own table comes before everybody's; of two that overlap, a finding, the later."""
        in_force = [table for table in self.tables if table.parent == node and table.holds(day)]
        table = max(in_force, key=lambda item: (item.audience != "", item.valid_from), default=None)
        if table is None:
            key, detail = f"{self.audience} {node}", f"none are in force on {day}"
            raise Refused(Finding("ahp_tables", key, "every node has judgements on every day", detail))
        if table.priorities is None:
            raise Refused
        return table.priorities

    def _finding(self, code: str, rule: str, detail: str) -> Finding:
        return Finding("ahp_judgements", f"{self.audience} {code}", rule, detail)


def _holds(item: FixedWeight, day: date) -> bool:
    return item.valid_from <= day < item.valid_to


def _joined(weights: list[Weight]) -> Iterator[Weight]:
    """Spans that follow each other with the same weight are one."""
    last: Weight | None = None
    for found in sorted(weights, key=lambda item: (item.kpi, item.valid_from)):
        same = last is not None and (last.kpi, last.weight) == (found.kpi, found.weight)
        if last and same and last.valid_to == found.valid_from:
            last = Weight(last.audience, last.kpi, last.weight, last.valid_from, found.valid_to)
            continue
        if last:
            yield last
        last = found
    if last:
        yield last
