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
        self._scopes: dict[str, list[Ints]] = {scope_type: [] for scope_type in cube.members}

    def add(self, scopes: Scopes, stamps: Ints, seconds: Ints, rows: Bools) -> None:
        """Add the chosen rows' durations on the local days of their stamps."""
        chosen = np.flatnonzero(rows)
        self._values.append(seconds[chosen])
        self._days.append(self.cube.calendar.day(stamps[chosen]))
        for scope_type, members in self._scopes.items():
            members.append(scopes.of(scope_type)[chosen] % len(self.cube.members[scope_type]))

    def percentiles(self, tenths: int, unit_seconds: int) -> Parts:
        """The percentile by linear interpolation as an exact fraction of the unit: numerator, denominator, n."""
        values, days = np.concatenate(self._values), np.concatenate(self._days)
        order = np.argsort(values, kind="stable")
        values, days = values[order], days[order]
        result: Parts = {}
        for scope_type, parts in self._scopes.items():
            member = np.concatenate(parts)[order]
            for grain in GRAINS:
                firsts, number = self.cube.calendar.periods(grain)
                group = member * len(firsts) + number[days]
                sequence = np.argsort(group, kind="stable")
                found, starts, sizes = np.unique(group[sequence], return_index=True, return_counts=True)
                steps = (sizes - 1) * tenths
                low, high = starts + steps // 10, starts + np.minimum(steps // 10 + 1, sizes - 1)
                sorted_values = values[sequence]
                tenfold = sorted_values[low] * 10 + (sorted_values[high] - sorted_values[low]) * (steps % 10)
                for key, value, size in zip(found.tolist(), tenfold.tolist(), sizes.tolist(), strict=True):
                    exact = Fraction(value, 10 * unit_seconds)
                    scope = result.setdefault(scope_type, {}).setdefault(
                        self.cube.members[scope_type][key // len(firsts)], {}
                    )
                    start = firsts[key % len(firsts)].isoformat()
                    scope.setdefault(grain, {})[start] = [exact.numerator, exact.denominator, size]
        return result


class Persons:
    """Purchases by person, day and channel."""

    def __init__(self, cube: Cube, channels: list[int]) -> None:
        """No purchases yet; `channels` maps the shop's channels to the cube's."""
        self.cube = cube
        self._channel_of = np.array(channels)
        self._rows: list[tuple[Ints, Ints, Ints]] = []

    def add(self, customers: Ints, stamps: Ints, channels: Ints) -> None:
        """Add purchases; 4-byte numbers, since all of them are kept."""
        day = self.cube.calendar.day(stamps)
        self._rows.append(tuple(column.astype(np.int32) for column in (customers, day, channels)))  # type: ignore[arg-type]

    def parts(self) -> Parts:
        """Persons with two or more purchases of those with at least one, in the organisation and by channel."""
        customers, days, channels = (
            np.concatenate(column).astype(np.int64) for column in zip(*self._rows, strict=True)
        )
        result: Parts = {}
        for scope_type, member in (("organisation", channels * 0), ("channel", self._channel_of[channels])):
            for grain in GRAINS:
                firsts, number = self.cube.calendar.periods(grain)
                group = member * len(firsts) + number[days]
                people = int(customers.max()) + 1
                pairs, purchases = np.unique(group * people + customers, return_counts=True)
                shape = (len(self.cube.members[scope_type]), len(firsts))
                once = np.bincount(pairs // people, minlength=shape[0] * shape[1]).reshape(shape)
                again = np.bincount(pairs[purchases > 1] // people, minlength=shape[0] * shape[1]).reshape(
                    shape
                )
                starts = [day.isoformat() for day in firsts]
                self.cube.put(result, scope_type, grain, starts, np.stack([again, once, once]))
        return result
