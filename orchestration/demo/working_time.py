"""Tells the working time of the demo company minute by minute, for the ground truth."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from orchestration.demo.plan import DAY, SHANGHAI, Ints, Plan, epoch
from orchestration.settings import DBT_PROJECT_DIR

OFFICE, HOTLINE = "cn_office", "cn_hotline"
HOTLINE_DEPARTMENT = 0
MINUTES = 24 * 60
_MARGIN = 120  # days before and after the data: due dates lie behind the end
Row = dict[str, str]


def _seed(name: str, calendar: str = "") -> Iterator[Row]:
    path = DBT_PROJECT_DIR / "seeds" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if row.get("calendar_code", calendar) == calendar)


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


class WorkingTime:
    """A calendar as one flag per minute of the company's time, and their running sum; spans are seconds."""

    def __init__(self, plan: Plan, calendar: str) -> None:
        """Days in Shanghai, from before the data to behind them."""
        self.first = date(1970, 1, 1) + timedelta(days=plan.start // DAY - _MARGIN)
        days = (plan.until - self.first).days + _MARGIN
        self._start = epoch(self.first) - SHANGHAI
        worked = np.zeros((days, MINUTES), dtype=np.int64)
        for number in range(days):
            for begins, ends in self._spans(self.first + timedelta(days=number), calendar):
                worked[number, begins:ends] = 1
        self._is_working_day = worked.any(axis=1)
        self._last_minute = MINUTES - 1 - np.argmax(worked[:, ::-1], axis=1)
        self._worked = worked.reshape(-1)
        self._before = np.concatenate([[0], np.cumsum(self._worked)])

    def _spans(self, day: date, calendar: str) -> list[tuple[int, int]]:
        """What is worked on a day, as minutes."""
        exceptions = [row for row in _CACHE.overrides(calendar) if row["override_date"] == day.isoformat()]
        kind = exceptions[0]["kind"] if exceptions else ""
        holiday = _CACHE.holidays.get(day.isoformat()) if calendar == OFFICE else None
        weekday = day.isoweekday()
        if kind == "custom":
            return [(_minute(row["starts"]), _minute(row["ends"])) for row in exceptions]
        if kind == "open":
            weekday = int(exceptions[0]["like_weekday"])
        elif kind == "closed" or (not kind and holiday == "public"):
            return []
        elif not kind and holiday == "make_up":
            weekday = 1
        low, high = 0, MINUTES
        if kind == "half_day":
            low, high = _minute(exceptions[0]["starts"]), _minute(exceptions[0]["ends"])
        shifts = [
            (max(low, _minute(row["starts"])), min(high, _minute(row["ends"])))
            for row in _CACHE.shifts(calendar)
            if int(row["weekday"]) == weekday
        ]
        return [(begins, ends) for begins, ends in shifts if begins < ends]

    def position(self, stamps: Ints) -> Ints:
        """Seconds worked from the first day to each stamp."""
        since = stamps - self._start
        minute = since // 60
        return np.asarray(self._before[minute] * 60 + self._worked[minute] * (since % 60))

    def seconds(self, start: Ints, end: Ints) -> Ints:
        """Seconds worked between two stamps."""
        return self.position(end) - self.position(start)

    def stamp(self, positions: Ints) -> Ints:
        """When each number of seconds has been worked: the first stamp with that position."""
        minute = np.searchsorted(self._before, -(-positions // 60), side="left") - 1
        return np.asarray(self._start + minute * 60 + positions - self._before[minute] * 60)

    def closing(self, stamps: Ints, working_days: Ints) -> Ints:
        """The end of the last shift on the n-th working day after the day of each stamp."""
        day = (stamps - self._start) // DAY
        numbers = np.cumsum(self._is_working_day)
        closing_day = np.searchsorted(numbers, numbers[day] + working_days, side="left")
        return np.asarray(self._start + closing_day * DAY + (self._last_minute[closing_day] + 1) * 60)


class _Seeds:
    """The calendars' seeds, read once."""

    def __init__(self) -> None:
        self._shifts: dict[str, list[Row]] = {}
        self._overrides: dict[str, list[Row]] = {}
        self._holidays: dict[str, str] = {}

    def shifts(self, calendar: str) -> list[Row]:
        """Shifts of a calendar."""
        if calendar not in self._shifts:
            self._shifts[calendar] = list(_seed("calendar_shifts", calendar))
        return self._shifts[calendar]

    def overrides(self, calendar: str) -> list[Row]:
        """Overrides of a calendar."""
        if calendar not in self._overrides:
            self._overrides[calendar] = list(_seed("calendar_overrides", calendar))
        return self._overrides[calendar]

    @property
    def holidays(self) -> dict[str, str]:
        """China's holidays and make-up working days by date."""
        if not self._holidays:
            rows = _seed("holidays")
            self._holidays = {r["holiday_date"]: r["kind"] for r in rows if r["holiday_region"] == "CN"}
        return self._holidays


_CACHE = _Seeds()
