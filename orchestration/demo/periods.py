"""Tells the local day of a stamp and the period of a day, for the ground truth."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from orchestration.demo.plan import DAY, HOUR, Ints, Plan

GRAINS = ("week", "month", "quarter", "half_year", "year")
_MARGIN = 70  # days before and after the data: a due date may lie behind the end


class Calendar:
    """Days in the reporting zone, numbered from a margin before the data."""

    def __init__(self, plan: Plan, time_zone: str) -> None:
        """Raises zoneinfo.ZoneInfoNotFoundError for an unknown zone."""
        zone = self.zone = ZoneInfo(time_zone)
        self.first = datetime.fromtimestamp(plan.start, UTC).date() - timedelta(days=_MARGIN)
        last = plan.until + timedelta(days=_MARGIN)
        self.days = [self.first + timedelta(days=i) for i in range((last - self.first).days + 1)]
        self._first_hour = (self.first - date(1970, 1, 1)).days * 24 - 24
        hours = range(self._first_hour, self._first_hour + (len(self.days) + 2) * 24)
        offsets = [datetime.fromtimestamp(hour * HOUR, UTC).astimezone(zone).utcoffset() for hour in hours]
        # Clocks change at whole UTC hours in every zone of this century but Lord Howe's and the Chathams'.
        self._offsets = np.array([int(offset.total_seconds()) for offset in offsets if offset is not None])
        self._periods = {
            grain: _numbered([period_start(day, grain) for day in self.days]) for grain in GRAINS
        }
        midnights = [datetime.combine(day + timedelta(days=1), time(), zone) for day in self.days]
        self.ends = np.array([int(moment.timestamp()) for moment in midnights])
        self.horizon = plan.horizon
        self.last_data_day = int(self.day(np.array([plan.horizon]))[0])
        self.first_data_day = int(self.day(np.array([plan.start]))[0])

    def day(self, stamps: Ints) -> Ints:
        """Number of the local day of each UTC stamp (epoch seconds)."""
        local = stamps + self._offsets[stamps // HOUR - self._first_hour]
        return np.asarray(local // DAY - (self.first - date(1970, 1, 1)).days)

    def periods(self, grain: str) -> tuple[list[date], Ints]:
        """The periods' first days, and for every day the number of its period."""
        return self._periods[grain]


def _numbered(starts: list[date]) -> tuple[list[date], Ints]:
    """The distinct values in order, and the number of each value."""
    firsts = sorted(set(starts))
    number = {start: i for i, start in enumerate(firsts)}
    return firsts, np.array([number[start] for start in starts])


def period_start(day: date, grain: str) -> date:
    """First day of the period that holds a day."""
    if grain == "week":
        return day - timedelta(days=day.weekday())
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[grain]
    return date(day.year, (day.month - 1) // months * months + 1, 1)
