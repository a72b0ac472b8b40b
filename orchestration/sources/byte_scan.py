"""An independent look at a delivered text file: decodability, quotes, line ends, number of records."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

CHUNK = 8 << 20
LONGEST_PLAIN_RECORD = 1_000_000
LINE_FEED, CARRIAGE_RETURN, QUOTE = 10, 13, 34


@dataclass
class ByteScan:
    """What a UTF-8 file looks like before anything parses it.

    `records` counts lines outside quotes that are not blank, with the header; `lines` all of them, by their
    line feeds. `longest_record` is in bytes.
    """

    size: int = 0
    records: int = 0
    longest_record: int = 0
    is_utf8: bool = True
    has_nul: bool = False
    has_lone_carriage_return: bool = False
    line_feeds: int = 0
    carriage_returns: int = 0
    quotes_are_balanced: bool = True
    ends_with_newline: bool = False

    @property
    def lines(self) -> int:
        """Lines that end with a line feed, and a last one that does not."""
        return self.line_feeds + (self.size > 0 and not self.ends_with_newline)

    @property
    def newline(self) -> str:
        """How to open the file: a lone CR ends a line only in a file that has no LF (old Mac)."""
        return "\n" if self.line_feeds else ""

    @property
    def is_plain(self) -> bool:
        """Nothing that a bulk reader could see differently than a careful one."""
        return (
            self.is_utf8
            and not self.has_nul
            and self.longest_record <= LONGEST_PLAIN_RECORD
            and not self.has_lone_carriage_return
            and self.quotes_are_balanced
        )


def scan_bytes(path: Path, *, has_quoted_records: bool = True) -> ByteScan:
    """Scan a file once, in chunks of 8 MiB; without quoted records nothing is said of records and quotes."""
    scan, counter, decoder = ByteScan(), _RecordCounter(), codecs.getincrementaldecoder("utf-8")()
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if chunk.endswith(b"\r"):
                # A CR and its LF must be seen together.
                chunk += file.read(1)
            scan.size += len(chunk)
            scan.is_utf8 = scan.is_utf8 and _decodes(decoder, chunk, final=False)
            scan.has_nul = scan.has_nul or b"\0" in chunk
            carriage_returns = chunk.count(b"\r")
            scan.has_lone_carriage_return |= carriage_returns != chunk.count(b"\r\n")
            scan.carriage_returns += carriage_returns
            scan.line_feeds += chunk.count(b"\n")
            if has_quoted_records:
                counter.add(np.frombuffer(chunk, dtype=np.uint8))
            last = chunk[-1:]
    scan.is_utf8 = scan.is_utf8 and _decodes(decoder, b"", final=True)
    scan.records = counter.finish()
    scan.longest_record = counter.longest
    scan.quotes_are_balanced = not counter.is_inside_quotes
    scan.ends_with_newline = last == b"\n" or (last == b"\r" and not scan.line_feeds)
    return scan


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


class _RecordCounter:
    """Counts line feeds outside quotes whose line is not blank, chunk by chunk."""

    def __init__(self) -> None:
        self.records = 0
        self.longest = 0
        self.is_inside_quotes = False
        self._open_bytes = 0

    def add(self, chunk: npt.NDArray[np.uint8]) -> None:
        """Take the next chunk; a chunk never ends between a carriage return and its line feed."""
        ends = self._ends_of_records(chunk)
        starts = np.concatenate(([-self._open_bytes], ends[:-1] + 1)) if len(ends) else ends
        lengths = ends - starts
        before = chunk[np.maximum(ends - 1, 0)] == CARRIAGE_RETURN
        self.records += int(np.count_nonzero((lengths > 1) | ((lengths == 1) & ~before)))
        rest = chunk[ends[-1] + 1 :] if len(ends) else chunk
        self._open_bytes = len(rest) if len(ends) else self._open_bytes + len(chunk)
        self.longest = max(self.longest, self._open_bytes, int(lengths.max(initial=0)))

    def _ends_of_records(self, chunk: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
        ends = np.flatnonzero(chunk == LINE_FEED)
        quotes = np.flatnonzero(chunk == QUOTE)
        if len(quotes) or self.is_inside_quotes:
            quotes_before = np.searchsorted(quotes, ends) + self.is_inside_quotes
            ends = ends[quotes_before % 2 == 0]
        self.is_inside_quotes ^= bool(len(quotes) % 2)
        return ends

    def finish(self) -> int:
        """The number of records, a last one without a line end included."""
        return self.records + (1 if self._open_bytes else 0)
