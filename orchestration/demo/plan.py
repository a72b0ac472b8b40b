"""Plans a demo company: its span of time, the chunks in which tickets are made, its sizes and random streams."""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

HOUR = 3600
DAY = 24 * HOUR
SHANGHAI = 8 * HOUR  # no summer time since 1991
NEVER = np.int64(2**60)  # a stamp that did not happen
CHUNK_TICKETS = 150_000
MAX_TICKETS = 99_999_999  # ticket numbers have eight digits


@dataclass(frozen=True)
class Chunk:
    """A slice of one UTC month; stamps are epoch seconds, `end` is exclusive."""

    number: int
    month: str
    start: int
    end: int
    first_ticket: int
    tickets: int
    part_of_month: int
    parts_in_month: int


@dataclass(frozen=True)
class Plan:
    """What was asked for; everything else follows from it."""

    tickets: int
    months: int
    seed: int
    until: date

    def __post_init__(self) -> None:
        if not 1 <= self.months <= 120 or not 20 * self.months <= self.tickets <= MAX_TICKETS:
            raise ValueError(f"give 1 to 120 months and 20 to {MAX_TICKETS} tickets a month and in all")

    @property
    def month_starts(self) -> list[int]:
        """First second of every UTC month, and of the month after the last."""
        last = self.until.year * 12 + self.until.month - 1
        firsts = [date(m // 12, m % 12 + 1, 1) for m in range(last - self.months + 1, last + 1)]
        return [epoch(day) for day in firsts] + [epoch(self.until + timedelta(days=1))]

    @property
    def start(self) -> int:
        """First second of the data."""
        return self.month_starts[0]

    @property
    def horizon(self) -> int:
        """Last second of the data: 23:59:59 UTC of `until`. Every source with stamps reaches exactly this far."""
        return self.month_starts[-1] - 1

    @property
    def slip_start(self) -> int:
        """From here on one team slips and one topic rises: the last quarter of a long company."""
        return self.month_starts[-1 - max(1, min(3, self.months // 3))]

    @property
    def customers(self) -> int:
        """0.4 per ticket."""
        return max(60, self.tickets * 2 // 5)

    @property
    def agents(self) -> int:
        """60, and one more per 50,000 tickets."""
        return 60 + self.tickets // 50_000

    def random(self, room: str, chunk: int = 0) -> np.random.Generator:
        """The random stream of a room and chunk: independent of what other rooms draw."""
        return np.random.default_rng([self.seed, zlib.crc32(room.encode()), chunk])

    def chunks(self) -> list[Chunk]:
        """The slices in order of time; their tickets add up to `tickets` and grow by 1 % a month."""
        starts = self.month_starts
        weights = [(end - start) * (100 + i) for i, (start, end) in enumerate(zip(starts, starts[1:], strict=False))]
        result: list[Chunk] = []
        done, weight_done = 0, 0
        for start, end, weight in zip(starts, starts[1:], weights, strict=False):
            weight_done += weight
            due = self.tickets * weight_done // sum(weights)
            result += _split_month(len(result), start, end, done, due - done)
            done = due
        return result


def _split_month(number: int, start: int, end: int, done: int, tickets: int) -> list[Chunk]:
    parts = max(1, -(-tickets // CHUNK_TICKETS))
    hours = (end - start) // HOUR
    month = datetime.fromtimestamp(start, UTC).strftime("%Y%m")
    cuts = [(start + hours * i // parts * HOUR, tickets * i // parts) for i in range(parts + 1)]
    return [
        Chunk(number + i, month, cuts[i][0], cuts[i + 1][0], done + cuts[i][1] + 1, cuts[i + 1][1] - cuts[i][1], i, parts)
        for i in range(parts)
    ]


def epoch(day: date) -> int:
    """The first second of a UTC day."""
    return (day - date(1970, 1, 1)).days * DAY
