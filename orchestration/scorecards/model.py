"""What a scorecard says: the KPIs of one member in one period, as the published report tables hold them."""

import hashlib
import re
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from orchestration.publishing.audit import canonical
from orchestration.publishing.evidence import plain

Cadence = Literal["monthly", "weekly"]
GRAINS: dict[Cadence, str] = {"monthly": "month", "weekly": "week"}
AUDIENCES = ("executive", "team")


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
    is_complete: bool
    formula_version: int
    definition: str


KPI_COLUMNS = tuple(field.name for field in fields(Kpi))


@dataclass(frozen=True)
class Trend:
    """The last 12 periods of a KPI, oldest first, as known at publication: context, not signed off."""

    share_at_target: Decimal | None
    periods: tuple[date, ...]
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Member:
    """Whom a scorecard is about; the executive one is about the whole organisation and has the key `all`."""

    key: str
    name: str
    department: str | None = None


@dataclass(frozen=True)
class Scorecard:
    """All KPIs of one audience's member in one period, in display order."""

    audience: str
    member: Member
    grain: str
    period_start: date
    kpis: tuple[Kpi, ...]
    trends: dict[str, Trend]

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
            "kpis": [{name: plain(getattr(kpi, name)) for name in KPI_COLUMNS} for kpi in self.kpis],
        }

    def trend_content(self) -> dict[str, Any]:
        """The trends by KPI code, as JSON holds them."""
        return {
            code: {
                "share_at_target_last_12": plain(trend.share_at_target),
                "periods": [period_label(self.grain, start) for start in trend.periods],
                "values": [plain(value) for value in trend.values],
            }
            for code, trend in self.trends.items()
        }


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of what a scorecard states: equal for two builds that say the same."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def period_label(grain: str, start: date) -> str:
    """`2026-10` for a month, `2026-W43` for an ISO week."""
    if grain == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    return f"{start:%Y-%m}"


def period_end(grain: str, start: date) -> date:
    """The last day of the period."""
    if grain == "week":
        return start + timedelta(days=6)
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def slug(key: str) -> str:
    """A readable directory name for a member's key: safe on every file system, one per key."""
    if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_:-]{0,79}", key):
        return key.replace(":", ".")
    readable = re.sub(r"[^A-Za-z0-9_]+", "-", key).strip("-")[:60]
    return f"{readable}~{hashlib.sha256(key.encode()).hexdigest()[:10]}"
