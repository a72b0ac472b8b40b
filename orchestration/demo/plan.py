"""Plans a demo company: its span, the chunks in which tickets are made, its sizes, its random streams."""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise

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
MAX_TICKETS = 80_000_000  # ticket numbers have eight digits, and planted ones begin with 9
MIN_TICKETS_A_MONTH = 100
MAX_MONTHS = 120


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

    @property
    def is_last_of_month(self) -> bool:
        """With this chunk the month's files are complete."""
        return self.part_of_month == self.parts_in_month - 1


@dataclass(frozen=True)
class Plan:
    """What was asked for; everything else follows from it."""

    tickets: int
    months: int
    seed: int
    until: date

    def __post_init__(self) -> None:
        if not 1 <= self.months <= MAX_MONTHS:
            raise ValueError(f"{self.months} months: give 1 to {MAX_MONTHS}")
        if not MIN_TICKETS_A_MONTH * self.months <= self.tickets <= MAX_TICKETS:
            raise ValueError(
                f"{self.tickets} tickets: give {MIN_TICKETS_A_MONTH} a month to {MAX_TICKETS} in all"
            )

    @property
    def month_starts(self) -> list[int]:
        """First second of every UTC month, and of the month after the last."""
        last = self.until.year * 12 + self.until.month - 1
        firsts = [date(m // 12, m % 12 + 1, 1) for m in range(last - self.months + 1, last + 1)]
        return [*map(epoch, firsts), epoch(self.until + timedelta(days=1))]

    @property
    def start(self) -> int:
        """First second of the data."""
        return self.month_starts[0]

    @property
    def horizon(self) -> int:
        """Last second of the data: 23:59:59 UTC of `until`; every source with stamps reaches it."""
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
        months = list(pairwise(self.month_starts))
        weights = [(end - start) * (100 + i) for i, (start, end) in enumerate(months)]
        due = [self.tickets * weight // sum(weights) for weight in accumulate(weights)]
        result: list[Chunk] = []
        for (start, end), before, after in zip(months, [0, *due], due, strict=False):
            result += _split_month(len(result), start, end, range(before, after))
        return result


def _split_month(number: int, start: int, end: int, tickets: range) -> list[Chunk]:
    """Slices of about equal length and size, cut at whole hours."""
    parts = max(1, -(-len(tickets) // CHUNK_TICKETS))
    hours = (end - start) // HOUR
    stamps = [start + hours * i // parts * HOUR for i in range(parts + 1)]
    done = [len(tickets) * i // parts for i in range(parts + 1)]
    month = datetime.fromtimestamp(start, UTC).strftime("%Y%m")
    return [
        Chunk(
            number=number + i,
            month=month,
            start=stamps[i],
            end=stamps[i + 1],
            first_ticket=tickets.start + done[i] + 1,
            tickets=done[i + 1] - done[i],
            part_of_month=i,
            parts_in_month=parts,
        )
        for i in range(parts)
    ]


def epoch(day: date) -> int:
    """The first second of a UTC day."""
    return (day - date(1970, 1, 1)).days * DAY
