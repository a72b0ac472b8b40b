"""Keeps single values for the KPIs that are no sums: percentiles of spans, and persons who came back."""

from fractions import Fraction

import numpy as np

from orchestration.demo.cube import Cube, Parts, Scopes
from orchestration.demo.periods import GRAINS
from orchestration.demo.plan import Bools, Ints


class Spans:
    """Durations in seconds with their day and scopes."""

    def __init__(self, cube: Cube) -> None:
        """No durations yet; days and members are the cube's."""
        self.cube = cube
        self._values: list[Ints] = []
        self._days: list[Ints] = []
        self._scopes: dict[str, list[Ints]] = {}

    def add(self, scopes: Scopes, stamps: Ints, seconds: Ints, rows: Bools) -> None:
        """Add the chosen rows' durations on the local days of their stamps."""
        chosen = np.flatnonzero(rows)
        self._values.append(seconds[chosen])
        self._days.append(self.cube.calendar.day(stamps[chosen]))
        for scope_type in scopes.types:
            member = scopes.of(scope_type)[chosen] % len(self.cube.members[scope_type])
            self._scopes.setdefault(scope_type, []).append(member)

    def percentiles(self, tenths: int, unit_seconds: int) -> Parts:
        """The percentile by linear interpolation as an exact fraction of the unit, and n."""
        values, days = np.concatenate(self._values), np.concatenate(self._days)
        order = np.argsort(values, kind="stable")
        values, days = values[order], days[order]
        result: Parts = {}
        for scope_type, parts in self._scopes.items():
            member = np.concatenate(parts)[order]
            for grain in GRAINS:
                firsts, number = self.cube.calendar.periods(grain)
                for group, tenfold, n in _by_group(values, member * len(firsts) + number[days], tenths):
                    exact = Fraction(tenfold, 10 * unit_seconds)
                    key, start = (
                        self.cube.members[scope_type][group // len(firsts)],
                        firsts[group % len(firsts)],
                    )
                    scope = result.setdefault(scope_type, {}).setdefault(key, {})
                    scope.setdefault(grain, {})[start.isoformat()] = [exact.numerator, exact.denominator, n]
        return result


def _by_group(values: Ints, group: Ints, tenths: int) -> list[tuple[int, int, int]]:
    """Group, ten times its percentile, and size, of values that are sorted."""
    sequence = np.argsort(group, kind="stable")
    found, starts, sizes = np.unique(group[sequence], return_index=True, return_counts=True)
    ordered = values[sequence]
    steps = (sizes - 1) * tenths
    low, high = starts + steps // 10, starts + np.minimum(steps // 10 + 1, sizes - 1)
    tenfold = ordered[low] * 10 + (ordered[high] - ordered[low]) * (steps % 10)
    return list(zip(found.tolist(), tenfold.tolist(), sizes.tolist(), strict=True))


class Persons:
    """Purchases by person, day and channel."""

    def __init__(self, cube: Cube, channels: list[int]) -> None:
        """No purchases yet; `channels` maps the shop's channels to the cube's."""
        self.cube = cube
        self._channel_of = np.array(channels)
        self._rows: list[Ints] = []

    def add(self, customers: Ints, stamps: Ints, channels: Ints) -> None:
        """Add purchases, in 4-byte numbers since all of them are kept."""
        day = self.cube.calendar.day(stamps)
        self._rows.append(np.stack([customers, day, channels]).astype(np.int32))

    def parts(self) -> Parts:
        """Persons with two or more purchases of those with at least one, in all and by channel."""
        customers, days, channels = np.concatenate(self._rows, axis=1).astype(np.int64)
        result: Parts = {}
        for scope_type, member in (("organisation", channels * 0), ("channel", self._channel_of[channels])):
            for grain in GRAINS:
                firsts, number = self.cube.calendar.periods(grain)
                shape = (len(self.cube.members[scope_type]), len(firsts))
                group = member * len(firsts) + number[days]
                once, again = _persons(group, customers, shape[0] * shape[1])
                parts = np.stack([again, once, once]).reshape(3, *shape)
                self.cube.put(result, scope_type, grain, [day.isoformat() for day in firsts], parts)
        return result


def _persons(group: Ints, customers: Ints, groups: int) -> tuple[Ints, Ints]:
    """Per group the persons with one purchase or more, and with two or more."""
    people = int(customers.max()) + 1
    pairs, purchases = np.unique(group * people + customers, return_counts=True)
    of_group = pairs // people
    return (
        np.bincount(of_group, minlength=groups),
        np.bincount(of_group[purchases > 1], minlength=groups),
    )
