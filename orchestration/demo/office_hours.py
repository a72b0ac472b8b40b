"""Tells working time in the demo's office, for the ground truth: Shanghai, 9:00-12:00 and 13:30-18:00."""

import csv
from datetime import date

import numpy as np

from orchestration.demo.plan import DAY, HOUR, SHANGHAI, Ints
from orchestration.settings import DBT_PROJECT_DIR

FIRST, LAST = date(2014, 1, 1), date(2030, 12, 31)
MORNING, AFTERNOON = (9 * HOUR, 12 * HOUR), (27 * HOUR // 2, 18 * HOUR)
SATURDAY = 5


class OfficeHours:
    """Working seconds and working days, holidays and make-up days of the governed seed counted."""

    def __init__(self) -> None:
        """Lay out all days."""
        self.first = (FIRST - date(1970, 1, 1)).days
        days = np.arange((LAST - FIRST).days + 1)
        self.works = (days + FIRST.weekday()) % 7 < SATURDAY
        with (DBT_PROJECT_DIR / "seeds" / "holidays.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                day = (date.fromisoformat(row["holiday_date"]) - FIRST).days
                if row["holiday_region"] == "CN" and 0 <= day < len(days):
                    self.works[day] = row["kind"] == "make_up"
        self.working_days = np.flatnonzero(self.works)
        self.days_worked = np.concatenate([[0], np.cumsum(self.works)])

    def seconds(self, start: Ints, end: Ints) -> Ints:
        """Working seconds between UTC stamps."""
        return self._before(end) - self._before(start)

    def _before(self, stamps: Ints) -> Ints:
        day, clock = np.divmod(stamps + SHANGHAI - self.first * DAY, DAY)
        today = sum(np.clip(clock, *shift) - shift[0] for shift in (MORNING, AFTERNOON))
        a_day = sum(shift[1] - shift[0] for shift in (MORNING, AFTERNOON))
        return np.asarray(self.days_worked[day] * a_day + self.works[day] * today)

    def close_of_day(self, stamps: Ints, after: int) -> Ints:
        """When the n-th working day after the day of each UTC stamp closes."""
        day = (stamps + SHANGHAI) // DAY - self.first
        due = self.working_days[self.days_worked[day + 1] + after - 1]
        return np.asarray((due + self.first) * DAY + AFTERNOON[1] - SHANGHAI)
