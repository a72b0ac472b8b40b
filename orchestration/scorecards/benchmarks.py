"""What others report of a KPI, and of what moves it: shown beside the targets, never judged against."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

_LEVELS = """
select kpi_code, value, source, year, verified, reason, valid_from, coalesce(valid_to, date '9999-12-31')
from core.kpi_benchmarks
order by kpi_code, value, benchmark_code
"""
_EFFECTS = """
select kpi_code, lever, change, change_to, source, year, verified, valid_from,
    coalesce(valid_to, date '9999-12-31')
from core.effect_benchmarks
where kpi_code is not null
order by kpi_code, lever
"""


@dataclass(frozen=True)
class Level:
    """A level of a KPI that others report, in its unit; the year is None where none is named."""

    value: Decimal
    source: str
    year: int | None
    verified: bool
    reason: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Effect:
    """By how much a KPI is reported to have moved, relative: 0.15 is +15 %; `change_to` ends a range."""

    lever: str
    change: Decimal
    change_to: Decimal | None
    source: str
    year: int | None
    verified: bool
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Benchmarks:
    """Levels and effects by KPI code."""

    levels: dict[str, tuple[Level, ...]]
    effects: dict[str, tuple[Effect, ...]]

    def on(self, day: date) -> "Benchmarks":
        """Those that are shown on a day."""
        return Benchmarks(
            {
                code: tuple(b for b in found if b.valid_from <= day < b.valid_to)
                for code, found in self.levels.items()
            },
            {
                code: tuple(b for b in found if b.valid_from <= day < b.valid_to)
                for code, found in self.effects.items()
            },
        )


NO_BENCHMARKS = Benchmarks({}, {})


def read_benchmarks(connection: duckdb.DuckDBPyConnection) -> Benchmarks:
    """All governed benchmarks of the published snapshot."""
    levels, effects = defaultdict(list), defaultdict(list)
    for code, *columns in connection.execute(_LEVELS).fetchall():
        levels[code].append(Level(*columns))
    for code, *columns in connection.execute(_EFFECTS).fetchall():
        effects[code].append(Effect(*columns))
    return Benchmarks(
        {code: tuple(found) for code, found in levels.items()},
        {code: tuple(found) for code, found in effects.items()},
    )
