"""Adds up KPI parts by day and scope as exact integers, and reads them by period."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from orchestration.demo.periods import GRAINS, Calendar
from orchestration.demo.plan import Bools, Ints
from orchestration.demo.staff import agent_id
from orchestration.demo.vocabulary import CHANNEL_CODES, DEPARTMENTS, TEAMS

Parts = dict[
    str, dict[str, dict[str, dict[str, list[int]]]]
]  # scope type, scope, grain, period start: numerator, denominator, n
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Scopes:
    """The members that rows belong to; -1 = unknown."""

    department: Ints
    team: Ints
    agent: Ints
    channel: Ints

    def of(self, scope_type: str) -> Ints:
        """Member per row; every row is in the organisation."""
        if scope_type == "organisation":
            return np.zeros(len(self.channel), dtype=np.int64)
        return np.asarray(getattr(self, scope_type))

    def at(self, rows: Bools | Ints) -> "Scopes":
        """The scopes of some rows."""
        return Scopes(self.department[rows], self.team[rows], self.agent[rows], self.channel[rows])


class Cube:
    """Numerator, denominator and n of every KPI by scope and day."""

    def __init__(self, calendar: Calendar, agents: int) -> None:
        """Empty for a company of `agents`."""
        self.calendar = calendar
        self.members = {
            "organisation": ["all"],
            "department": [f"crm:{code}" for code, _ in DEPARTMENTS] + [UNKNOWN],
            "team": [f"crm:{code}" for code, _, _ in TEAMS] + [UNKNOWN],
            "agent": [f"crm:{agent_id(agent)}" for agent in range(agents)] + [UNKNOWN],
            "channel": [*CHANNEL_CODES, UNKNOWN],
        }
        self._sums: dict[tuple[str, str], Ints] = {}

    def add(
        self, kpi: str, scopes: Scopes, stamps: Ints, rows: Bools, numerator: Ints | Bools | None, denominator: Ints | None = None,
        counts: bool = True,
    ) -> None:  # fmt: skip
        """Add the rows that are chosen, each on the local day of its stamp.

        The denominator is 1 per row unless given; rows that do not count (`counts`) add to the numerator only.
        """
        chosen = np.flatnonzero(rows)
        day = self.calendar.day(stamps[chosen])
        one = np.ones(len(chosen), dtype=np.int64)
        above = one * 0 if numerator is None else numerator[chosen].astype(np.int64)
        below = (one if denominator is None else denominator[chosen]) * counts
        for scope_type in self.members:
            member = scopes.of(scope_type)[chosen] % len(self.members[scope_type])
            sums = self._array(kpi, scope_type)
            for part, values in enumerate((above, below, one * counts)):
                np.add.at(sums[part], (member, day), values)

    def _array(self, kpi: str, scope_type: str) -> Ints:
        shape = (3, len(self.members[scope_type]), len(self.calendar.days))
        return self._sums.setdefault((kpi, scope_type), np.zeros(shape, dtype=np.int64))

    def parts(self, kpi: str) -> Parts:
        """Sums by period, those that are not all zero."""
        result: Parts = {}
        for scope_type in self.members:
            sums = self._array(kpi, scope_type)
            for grain in GRAINS:
                firsts, number = self.calendar.periods(grain)
                starts = np.searchsorted(number, np.arange(len(firsts)))
                by_period = np.add.reduceat(sums, starts, axis=2)
                self.put(result, scope_type, grain, [day.isoformat() for day in firsts], by_period)
        return result

    def put(self, result: Parts, scope_type: str, grain: str, starts: list[str], parts: Ints) -> None:
        """Set (part, member, period) values where one of the parts is not zero."""
        for member, period in zip(*(found.tolist() for found in np.nonzero(parts.any(axis=0))), strict=True):
            scope = result.setdefault(scope_type, {}).setdefault(self.members[scope_type][member], {})
            scope.setdefault(grain, {})[starts[period]] = parts[:, member, period].tolist()

    def open_at_period_end(self, opened: str, left: str) -> Parts:
        """What was opened and not left by the end of each period (or of the data): count, 1, count."""
        result: Parts = {}
        for scope_type in self.members:
            change = self._array(opened, scope_type)[0] - self._array(left, scope_type)[0]
            stock = np.cumsum(change, axis=1)
            for grain, firsts, ends in self.period_ends():
                count = stock[:, ends]
                parts = np.stack([count, (count > 0).astype(np.int64), count])
                self.put(result, scope_type, grain, firsts, parts)
        return result

    def period_ends(self) -> Iterator[tuple[str, list[str], Ints]]:
        """Per grain the periods that have data: first days and numbers of the last days, at most the data's last."""
        for grain in GRAINS:
            firsts, number = self.calendar.periods(grain)
            known = number[self.calendar.first_data_day : self.calendar.last_data_day + 1]
            wanted = np.unique(known)
            ends = np.minimum(np.searchsorted(number, wanted, side="right") - 1, self.calendar.last_data_day)
            yield grain, [firsts[i].isoformat() for i in wanted], ends
