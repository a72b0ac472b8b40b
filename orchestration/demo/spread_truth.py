"""Computes how far answers spread between agents, channels, locations and weekdays, for the ground truth."""

from math import isqrt

import numpy as np

from orchestration.demo.cube import Cube, Parts, Scopes
from orchestration.demo.periods import GRAINS
from orchestration.demo.plan import Bools, Ints

SETS = {  # scope type and member: between whom, within whom
    ("spread_between", "agent"): ("agent", None),
    ("spread_between", "channel"): ("channel", None),
    ("spread_between", "location"): ("location", None),
    ("spread_between", "weekday"): ("weekday", None),
    ("organisation", "all"): ("agent", None),
    ("department", ""): ("agent", "department"),
    ("team", ""): ("agent", "team"),
}


class Spread:
    """Answers in hundredths of a point, with what they are compared by."""

    def __init__(self, cube: Cube) -> None:
        """No answers yet; days and members are the cube's."""
        self.cube = cube
        self._rows: list[Ints] = []

    def add(self, scopes: Scopes, stamps: Ints, hundredths: Ints, chosen: Bools) -> None:
        """Add the chosen rows on the local days of their stamps."""
        rows = np.flatnonzero(chosen)
        day = self.cube.calendar.day(stamps[rows])
        weekday = (day + self.cube.calendar.first.weekday()) % 7
        keys = [scopes.of(name)[rows] for name in ("agent", "channel", "location", "department", "team")]
        self._rows.append(np.stack([hundredths[rows], day, weekday, *keys]))

    def parts(self) -> Parts:
        """Standard deviation in ten-thousandths of a point, 1, and the answers; where it can be estimated."""
        names = ("value", "day", "weekday", "agent", "channel", "location", "department", "team")
        columns = dict(zip(names, np.concatenate(self._rows, axis=1), strict=True))
        result: Parts = {}
        for (scope_type, key), (member, container) in SETS.items():
            within = columns[container] if container else columns["day"] * 0
            keys = self.cube.members[scope_type] if container else [key]
            for grain in GRAINS:
                firsts, number = self.cube.calendar.periods(grain)
                cell = within * len(firsts) + number[columns["day"]]
                known = (columns[member] >= 0) & (within >= 0)
                for place, parts in _by_cell(columns["value"], cell, columns[member], known).items():
                    scope = result.setdefault(scope_type, {}).setdefault(keys[place // len(firsts)], {})
                    scope.setdefault(grain, {})[firsts[place % len(firsts)].isoformat()] = parts
        return result


def _by_cell(values: Ints, cell: Ints, member: Ints, known: Bools) -> dict[int, list[int]]:
    """Per cell the deviation between its members."""
    values, cell, member = values[known], cell[known], member[known]
    many = int(member.max()) + 1
    groups, of_group = np.unique(cell * many + member, return_inverse=True)
    sums = np.zeros((3, len(groups)), dtype=np.int64)
    for part, amount in enumerate((np.ones_like(values), values, values**2)):
        np.add.at(sums[part], of_group, amount)
    members: dict[int, list[list[int]]] = {}
    for place, group in zip((groups // many).tolist(), sums.T.tolist(), strict=True):
        members.setdefault(place, []).append(group)
    found = {place: _deviation(of_cell) for place, of_cell in members.items()}
    return {place: parts for place, parts in found.items() if parts}


def _deviation(members: list[list[int]]) -> list[int]:
    """From (count, sum, sum of squares) of each member; empty where there is nothing to compare.

    Pairs of answers, in whole numbers: the mean squared difference of different members' answers less that of
    one member's is twice the variance between members.
    """
    count, total, squares = (sum(column) for column in zip(*members, strict=True))
    same = sum(n * n for n, _, _ in members) - count
    different = count * count - count - same
    if not same or not different:
        return []
    of_same = sum(n * q - s * s for n, s, q in members)
    of_different = count * squares - total * total - of_same
    variance = max(0, of_different * same - of_same * different)
    return [(isqrt(4 * 10**4 * variance // (same * different)) + 1) // 2, 1, count]
