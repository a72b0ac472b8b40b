"""Adds up KPI parts by day and scope as exact integers, and reads them by period."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from orchestration.demo.periods import GRAINS, Calendar
from orchestration.demo.plan import Bools, Ints
from orchestration.demo.staff import agent_id
from orchestration.demo.vocabulary import CHANNEL_CODES, DEPARTMENTS, OTHER_MEMBERS, TEAMS

# Scope type, scope key, grain, first day of the period: numerator, denominator, n.
Parts = dict[str, dict[str, dict[str, dict[str, list[int]]]]]
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Scopes:
    """The members that rows belong to; -1 = unknown."""

    department: Ints
    team: Ints
    agent: Ints
    channel: Ints
    others: Mapping[str, Ints] = field(default_factory=dict)

    @property
    def types(self) -> list[str]:
        """The scope types that these rows stand in."""
        return ["organisation", "department", "team", "agent", "channel", *self.others]

    def of(self, scope_type: str) -> Ints:
        """Member per row; every row is in the organisation."""
        if scope_type == "organisation":
            return np.zeros(len(self.channel), dtype=np.int64)
        if scope_type in self.others:
            return self.others[scope_type]
        return np.asarray(getattr(self, scope_type))

    def _each(self, change: Callable[[Ints], Ints]) -> "Scopes":
        others = {name: change(codes) for name, codes in self.others.items()}
        tree = (self.department, self.team, self.agent, self.channel)
        department, team, agent, channel = map(change, tree)
        return Scopes(department, team, agent, channel, others)

    def at(self, rows: Ints) -> "Scopes":
        """The scopes of some rows."""
        return self._each(lambda member: member[rows])

    def where(self, known: Bools) -> "Scopes":
        """Unknown where not known."""
        return self._each(lambda member: np.where(known, member, -1))

    def without(self, *scope_types: str) -> "Scopes":
        """Without some of the other scope types; without all of them when none is named."""
        dropped = scope_types or tuple(self.others)
        kept = {name: codes for name, codes in self.others.items() if name not in dropped}
        return replace(self, others=kept)

    def with_others(self, others: Mapping[str, Ints]) -> "Scopes":
        """With more scope types, or others in their place."""
        return replace(self, others={**self.others, **others})


class Cube:
    """Numerator, denominator and n of every KPI by scope and local day."""

    def __init__(self, calendar: Calendar, agents: int) -> None:
        """Empty for a company of `agents`."""
        self.calendar = calendar
        self.members = {
            "organisation": ["all"],
            "department": [*(f"crm:{code}" for code, _ in DEPARTMENTS), UNKNOWN],
            "team": [*(f"crm:{code}" for code, _, _ in TEAMS), UNKNOWN],
            "agent": [*(f"crm:{agent_id(agent)}" for agent in range(agents)), UNKNOWN],
            "channel": [*CHANNEL_CODES, UNKNOWN],
            **{scope_type: [*codes, UNKNOWN] for scope_type, codes in OTHER_MEMBERS.items()},
        }
        self._sums: dict[tuple[str, str], Ints] = {}

    @property
    def kpis(self) -> list[str]:
        """What was added so far."""
        return sorted({kpi for kpi, _ in self._sums})

    def scope_types(self, kpi: str) -> list[str]:
        """The scope types that a KPI was added in."""
        return [scope_type for scope_type in self.members if (kpi, scope_type) in self._sums]

    def add(self, kpi: str, scopes: Scopes, stamps: Ints, above: Ints | Bools, below: Ints | Bools) -> None:
        """Add the rows whose denominator `below` is not 0, each on the local day of its stamp."""
        rows = np.flatnonzero(below)
        parts = {0: above[rows], 1: below[rows], 2: np.ones(len(rows), dtype=np.int64)}
        self._add(kpi, scopes, stamps, rows, parts)

    def add_above(self, kpi: str, scopes: Scopes, stamps: Ints, above: Ints | Bools) -> None:
        """Add to the numerator only."""
        rows = np.flatnonzero(above)
        self._add(kpi, scopes, stamps, rows, {0: above[rows]})

    def _add(
        self, kpi: str, scopes: Scopes, stamps: Ints, rows: Ints, parts: Mapping[int, Ints | Bools]
    ) -> None:
        day = self.calendar.day(stamps[rows])
        for scope_type in scopes.types:
            members, sums = self.members[scope_type], self._array(kpi, scope_type)
            member = scopes.of(scope_type)[rows] % len(members)
            for part, values in parts.items():
                np.add.at(sums[part], (member, day), values.astype(np.int64))

    def _array(self, kpi: str, scope_type: str) -> Ints:
        shape = (3, len(self.members[scope_type]), len(self.calendar.days))
        if (kpi, scope_type) not in self._sums:
            self._sums[kpi, scope_type] = np.zeros(shape, dtype=np.int64)
        return self._sums[kpi, scope_type]

    def parts(self, kpi: str) -> Parts:
        """Sums by period, those that are not all zero."""
        result: Parts = {}
        for scope_type in self.scope_types(kpi):
            sums = self._array(kpi, scope_type)
            for grain in GRAINS:
                firsts, number = self.calendar.periods(grain)
                starts = np.searchsorted(number, np.arange(len(firsts)))
                by_period = np.add.reduceat(sums, starts, axis=2)
                self.put(result, scope_type, grain, [day.isoformat() for day in firsts], by_period)
        return result

    def put(self, result: Parts, scope_type: str, grain: str, starts: list[str], parts: Ints) -> None:
        """Set (part, member, period) values where one of the parts is not zero."""
        members, periods = np.nonzero(parts.any(axis=0))
        triples = parts[:, members, periods].T.tolist()
        for member, period, triple in zip(members.tolist(), periods.tolist(), triples, strict=True):
            scope = result.setdefault(scope_type, {}).setdefault(self.members[scope_type][member], {})
            scope.setdefault(grain, {})[starts[period]] = triple

    def backlog_at_period_end(self) -> dict[str, Parts]:
        """What is open at the end of each period, or of the data: how many, how old, how many past due."""
        result: dict[str, Parts] = {"backlog_open": {}, "backlog_age_hours": {}, "backlog_breached": {}}
        ends_at = np.minimum(self.calendar.ends, self.calendar.horizon)
        for scope_type in self.scope_types("_opened"):
            stock = self._stock(scope_type, "_opened", "_left")
            late = self._stock(scope_type, "_fell_due", "_left_late")
            age = stock * ends_at - self._stock(scope_type, "_opened_at", "_left_at")
            for grain, firsts, ends in self._period_ends():
                count, some = stock[:, ends], np.sign(stock[:, ends])
                for kpi, *parts in (
                    ("backlog_open", count, some, count),
                    ("backlog_age_hours", age[:, ends], count, count),
                    ("backlog_breached", late[:, ends], some, late[:, ends]),
                ):
                    self.put(result[kpi], scope_type, grain, firsts, np.stack(parts))
        return result

    def _stock(self, scope_type: str, came: str, left: str) -> Ints:
        change = self._array(came, scope_type)[0] - self._array(left, scope_type)[0]
        return np.cumsum(change, axis=1)

    def _period_ends(self) -> Iterator[tuple[str, list[str], Ints]]:
        """Per grain the periods that have data: their first days, and the numbers of their last days."""
        calendar = self.calendar
        for grain in GRAINS:
            firsts, number = calendar.periods(grain)
            known = np.unique(number[calendar.first_data_day : calendar.last_data_day + 1])
            ends = np.searchsorted(number, known, side="right") - 1
            yield grain, [firsts[i].isoformat() for i in known], np.minimum(ends, calendar.last_data_day)
