"""The careful way through a delimited file: bad records to quarantine, good ones to a clean copy."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from orchestration.sources.clean_copy import CleanCopy
from orchestration.sources.contract import TableContract
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.rejection import FileRejectedError

MAXIMUM_RECORD = 2_000_000  # characters; with four bytes each it still fits into the engine's longest line
TOO_LONG = f"record longer than {MAXIMUM_RECORD:,} characters"
PARSER_LIMIT = 128 << 20


@dataclass(frozen=True)
class Record:
    """One delivered record: its fields (None when the quoting is broken) and its raw text."""

    fields: list[str] | None
    raw: str


class _Lines(Iterator[str]):
    """The lines of a file, remembering those that the current record has used."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.used: list[str] = []

    def __next__(self) -> str:
        line = next(self._text)
        self.used.append(line)
        return line


def read_records(text: TextIO, delimiter: str) -> Iterator[Record]:
    """Every record that is no blank line. The file must be open with the scan's `newline`.

    Raises FileRejectedError for a quoted field that is not closed: it would swallow the rows after it.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    csv.field_size_limit(PARSER_LIMIT)
    while True:
        lines.used.clear()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if len(lines.used) > 1 or "unexpected end of data" in str(error):
                where = f"row {number}" if number else "the header"
                raise FileRejectedError(f"{where}: a quoted field opens and is not closed properly") from None
            fields = None
        if fields == []:
            continue
        number += 1
        yield Record(fields, "".join(lines.used))


def read_header(path: Path, encoding: str, newline: str, delimiter: str) -> list[str]:
    """The names in the first record of a file. Raises FileRejectedError if none can be read."""
    with path.open(encoding=encoding, errors="surrogateescape", newline=newline) as text:
        header = next(read_records(text, delimiter), None)
    if header is None:
        raise FileRejectedError("is empty: it has no header and no rows")
    if header.fields is None or "\0" in header.raw:
        raise FileRejectedError("the header cannot be read (broken quoting or NUL bytes; perhaps UTF-16)")
    return [header.fields[0].removeprefix("\ufeff"), *header.fields[1:]]


def is_decoded(text: str) -> bool:
    """Whether text that was read with `surrogateescape` held only decodable bytes."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True)
class CarefulCount:
    """Data rows in a file, and how many of them hold bytes that the encoding does not know."""

    rows: int
    undecodable: int


def read_carefully(
    path: Path,
    clean: CleanCopy,
    contract: TableContract,
    quarantine: RowQuarantine,
    *,
    encoding: str,
    newline: str,
) -> CarefulCount:
    """Put the good rows of a file into the clean copy, the bad ones into quarantine.

    Raises FileRejectedError for quotes that are not closed.
    """
    rows = undecodable = 0
    with path.open(encoding=encoding, errors="surrogateescape", newline=newline) as text:
        records = read_records(text, contract.delimiter)
        next(records, None)
        for rows, record in enumerate(records, start=1):
            problem = _problem(record, clean.width, contract.missing_trailing_columns)
            if problem is None and record.fields is not None:
                clean.add(rows, record.fields + [""] * (clean.width - len(record.fields)))
                continue
            undecodable += problem == "undecodable bytes"
            quarantine.add(rows, problem or "", _readable(record.raw, encoding))
    return CarefulCount(rows, undecodable)


def _problem(record: Record, width: int, may_miss: int) -> str | None:
    fields = record.fields or []
    problems = (
        (not is_decoded(record.raw), "undecodable bytes"),
        (record.fields is None, "broken quoting or line end"),
        ("\0" in record.raw, "NUL byte"),
        (len(fields) > width, "too many fields"),
        (len(fields) < width - may_miss, "too few fields"),
        (len(record.raw) > MAXIMUM_RECORD, TOO_LONG),
    )
    return next((reason for is_broken, reason in problems if is_broken), None)


def _readable(raw: str, encoding: str) -> str:
    """Raw text with the bytes that could not be decoded shown as `\\x..`."""
    return raw.encode(encoding, "surrogateescape").decode(encoding, "backslashreplace").rstrip("\r\n")
