"""Working time the slow way: every minute of every calendar is worked or not, and minutes are counted."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST, LAST = date(2014, 12, 1), date(2016, 4, 30)
ORIGIN = int(datetime(2014, 11, 28, tzinfo=UTC).timestamp())
MINUTES = ((LAST - FIRST).days + 7) * 24 * 60
Span = tuple[int, int]


def minutes(clock: str) -> int:
    """`09:30` since midnight."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


@dataclass(frozen=True)
class Shift:
    """A shift of a weekday, 1 for Monday; `until` is its first day out of force."""

    weekday: int
    starts: str
    ends: str
    is_overnight: bool = False
    since: date = date(2000, 1, 1)
    until: date | None = None


@dataclass(frozen=True)
class Override:
    """What is done on a day instead: closed, half_day, open or custom."""

    day: date
    kind: str
    starts: str = ""
    ends: str = ""
    like_weekday: int | None = None


@dataclass
class MinuteCalendar:
    """A business calendar with one byte per UTC minute: 1 is worked."""

    code: str
    zone: str
    shifts: list[Shift]
    exceptions: list[Override] = field(default_factory=list)
    public: set[date] = field(default_factory=set)
    make_up: set[date] = field(default_factory=set)
    make_up_weekday: int = 1
    worked: bytearray = field(default_factory=lambda: bytearray(MINUTES))
    closings: dict[date, int] = field(default_factory=dict)  # of working days: minute after the last one

    def __post_init__(self) -> None:
        """Walk through all days and mark their minutes."""
        day = FIRST - timedelta(days=1)
        while day <= LAST:
            for begins, ends in self.spans(day):
                first, last = self.minute(day, begins), self.minute(day, ends)
                for minute in range(max(first, self.minute(FIRST, 0)), min(last, self.minute(LAST, 1440))):
                    self.worked[minute] = 1
                    self.closings[day] = max(self.closings.get(day, 0), minute + 1)
            day += timedelta(days=1)

    def minute(self, day: date, minute_of_day: int) -> int:
        """The UTC minute of a local reading; of two the later, and past an hour that does not exist."""
        local = datetime.combine(day, time()) + timedelta(minutes=minute_of_day)
        readings = (local.replace(tzinfo=ZoneInfo(self.zone), fold=fold).timestamp() for fold in (0, 1))
        return (int(max(readings)) - ORIGIN) // 60

    def spans(self, day: date) -> list[Span]:
        """What is worked on a local day, in minutes of that day; the night shift that begins on it too."""
        own = [item for item in self.exceptions if item.day == day]
        kind = own[0].kind if own else ""
        if kind == "custom":
            return [(minutes(item.starts), minutes(item.ends)) for item in own]
        if kind == "closed" or (not kind and day in self.public and day not in self.make_up):
            return []
        weekday = day.isoweekday()
        if kind == "open":
            weekday = own[0].like_weekday or self.make_up_weekday
        elif not kind and day in self.make_up:
            weekday = self.make_up_weekday
        low, high = (minutes(own[0].starts), minutes(own[0].ends)) if kind == "half_day" else (0, 3000)
        return [
            (max(low, minutes(shift.starts)), min(high, minutes(shift.ends) + 1440 * shift.is_overnight))
            for shift in self.shifts
            if shift.weekday == weekday and shift.since <= day and (shift.until is None or day < shift.until)
        ]

    def seconds(self, start: int, end: int) -> int:
        """Worked seconds between two stamps, counted minute by minute; never negative."""
        if end <= start:
            return 0
        first, last = (start - ORIGIN) // 60, (end - ORIGIN) // 60
        if first == last:
            return (end - start) * self.worked[first]
        head = (60 - (start - ORIGIN) % 60) * self.worked[first]
        tail = ((end - ORIGIN) % 60) * self.worked[last]
        return head + 60 * sum(self.worked[first + 1 : last]) + tail

    def after(self, start: int, seconds: int) -> int:
        """The first stamp at which so many seconds have been worked since `start`."""
        minute, left = (start - ORIGIN) // 60, seconds
        here = 60 - (start - ORIGIN) % 60
        while left > here * self.worked[minute]:
            left -= here * self.worked[minute]
            minute, here = minute + 1, 60
        return ORIGIN + minute * 60 + (60 - here) + left

    def closing(self, start: int, working_days: int) -> int:
        """Close of the n-th working day after the local day of a stamp."""
        day = datetime.fromtimestamp(start, ZoneInfo(self.zone)).date()
        for _ in range(working_days):
            day += timedelta(days=1)
            while day not in self.closings:
                day += timedelta(days=1)
        return ORIGIN + self.closings[day] * 60
