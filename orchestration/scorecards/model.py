"""What a scorecard says: the KPIs of one member in one period, as the published report tables hold them."""

import hashlib
import re
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from orchestration.publishing.audit import canonical
from orchestration.publishing.evidence import plain
from orchestration.scorecards.benchmarks import NO_BENCHMARKS, Benchmarks

Cadence = Literal["weekly", "monthly", "quarterly", "half_yearly", "yearly"]
GRAINS: dict[Cadence, str] = {
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "half_yearly": "half_year",
    "yearly": "year",
}
AUDIENCES = ("executive", "department", "team", "agent")
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Kpi:
    """One row of a report table; `unit`: share (0 to 1), seconds, minutes, hours, points, count, score."""

    kpi_code: str
    label_en: str
    label_zh: str
    unit: str
    pillar: str
    aspect: str
    element: str
    kind: str
    direction: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    n: int | None
    low: Decimal | None
    high: Decimal | None
    is_suppressed: bool
    previous_value: Decimal | None
    change: Decimal | None
    target: Decimal | None
    warning: Decimal | None
    floor: Decimal | None
    status: str
    score: Decimal | None
    weight: Decimal | None
    is_complete: bool
    formula_version: int
    definition: str


KPI_COLUMNS = tuple(column.name for column in fields(Kpi))
COMPOSITE_CONTENT = ("part_type", "part_code", "value", "share_of_weight_present", "status", "is_complete")


@dataclass(frozen=True)
class Trend:
    """The last 12 periods of a KPI, oldest first, as known at publication: context, not signed off."""

    share_at_target: Decimal | None
    periods: tuple[date, ...]
    values: tuple[Decimal | None, ...]
    year_before: Decimal | None = None


@dataclass(frozen=True)
class Composite:
    """A composite score, 0 to 100, of the whole or of a part of the indicator tree; None for n/a."""

    part_type: str
    part_code: str
    value: Decimal | None
    share_of_weight_present: Decimal
    status: str
    is_complete: bool
    previous_value: Decimal | None
    previous_year_value: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Against the period before; None when either has no score."""
        return _difference(self.value, self.previous_value)

    @property
    def change_on_year(self) -> Decimal | None:
        """Against the same period of the year before."""
        return _difference(self.value, self.previous_year_value)


@dataclass(frozen=True)
class Driver:
    """What a KPI contributed to the change of the composite against the period before, in points."""

    kpi_code: str
    label_en: str
    label_zh: str
    presence: str
    score_before: Decimal | None
    score: Decimal | None
    weight: Decimal | None
    contribution: Decimal


@dataclass(frozen=True)
class Member:
    """Whom a scorecard is about; the executive one is about the whole organisation and has the key `all`."""

    key: str
    name: str
    team: str | None = None
    department: str | None = None


@dataclass(frozen=True)
class Context:
    """What is printed beside a scorecard's statements, as known at publication: not signed off.

    `trends` are by KPI code; `missing` names the KPIs without data, in both languages.
    """

    trends: dict[str, Trend]
    drivers: tuple[Driver, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    score_history: tuple[Decimal | None, ...] = ()
    benchmarks: Benchmarks = NO_BENCHMARKS


@dataclass(frozen=True)
class Scorecard:
    """All KPIs and composite scores of one audience's member in one period, in display order."""

    audience: str
    member: Member
    grain: str
    period_start: date
    kpis: tuple[Kpi, ...]
    composites: tuple[Composite, ...]
    context: Context

    @property
    def period(self) -> str:
        """`2026-10` or the ISO week `2026-W43`."""
        return period_label(self.grain, self.period_start)

    @property
    def path(self) -> str:
        """The scorecard's directory below `scorecards/`, without its version."""
        member = [] if self.audience == "executive" else [slug(self.member.key)]
        return "/".join([self.audience, *member, self.period])

    def content(self) -> dict[str, Any]:
        """What the scorecard states, as JSON holds it: decimals as text, dates in ISO 8601."""
        return {
            "audience": self.audience,
            "member": asdict(self.member),
            "period": {"grain": self.grain, "start": self.period_start.isoformat(), "label": self.period},
            "composites": [
                {name: plain(getattr(score, name)) for name in COMPOSITE_CONTENT} for score in self.composites
            ],
            "kpis": [{name: plain(getattr(kpi, name)) for name in KPI_COLUMNS} for kpi in self.kpis],
        }

    def score(self, part_type: str = "overall", part_code: str = "all") -> Composite | None:
        """The composite of a part; None where the audience gives none of its KPIs a weight."""
        return next(
            (s for s in self.composites if (s.part_type, s.part_code) == (part_type, part_code)), None
        )

    def trend_content(self) -> dict[str, Any]:
        """The trends by KPI code, as JSON holds them."""
        return {
            code: {
                "share_at_target_last_12": plain(trend.share_at_target),
                "periods": [period_label(self.grain, start) for start in trend.periods],
                "values": [plain(value) for value in trend.values],
                "year_before": plain(trend.year_before),
            }
            for code, trend in self.context.trends.items()
        }

    def driver_content(self) -> list[dict[str, Any]]:
        """The drivers of the composite's change, as JSON holds them."""
        return [
            {column.name: plain(getattr(driver, column.name)) for column in fields(Driver)}
            for driver in self.context.drivers
        ]


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of what a scorecard states: equal for two builds that say the same."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


@cache
def period_label(grain: str, start: date) -> str:
    """`2026-W43` for an ISO week, `2026-10`, `2026-Q4`, `2026-H2`, `2026`."""
    if grain == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if grain == "month":
        return f"{start:%Y-%m}"
    letter = {"quarter": "-Q", "half_year": "-H"}.get(grain, "")
    return f"{start.year}{letter}{period_of_year(grain, start) if letter else ''}"


def period_of_year(grain: str, start: date) -> int:
    """The number of a quarter or half-year in its year."""
    return (start.month - 1) // _MONTHS[grain] + 1


def period_end(grain: str, start: date) -> date:
    """The last day of the period."""
    if grain == "week":
        return start + timedelta(days=6)
    months = start.month - 1 + _MONTHS[grain]
    return date(start.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def slug(key: str) -> str:
    """A readable directory name for a member's key: safe on every file system, one per key."""
    if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_:-]{0,79}", key):
        return key.replace(":", ".")
    readable = re.sub(r"[^A-Za-z0-9_]+", "-", key).strip("-")[:60]
    return f"{readable}~{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def _difference(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if value is None or before is None else value - before
