"""The careful way through a delimited file: record by record, bad rows to quarantine, good ones to a clean copy."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from orchestration.sources.contract import TableContract
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.rejection import FileRejected

MAXIMUM_FIELD = 1_000_000
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
    """Every record that is no blank line. The file must be open with newline="".

    Raises FileRejected for a quoted field that is not closed: it would swallow the rows after it.
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
                raise FileRejected(f"{where}: a quoted field opens and is not closed properly") from None
            fields = None
        if fields == []:
            continue
        number += 1
        yield Record(fields, "".join(lines.used))


def read_header(path: Path, encoding: str, delimiter: str) -> list[str]:
    """The names in the first record of a file. Raises FileRejected when there is none or it cannot be decoded."""
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as text:
        header = next(read_records(text, delimiter), None)
    if header is None:
        raise FileRejected("is empty: it has no header and no rows")
    if header.fields is None or "\0" in header.raw:
        raise FileRejected("the header cannot be read (broken quoting or NUL bytes; perhaps UTF-16)")
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


def clean_copy(
    path: Path, encoding: str, contract: TableContract, width: int, quarantine: RowQuarantine, clean: Path
) -> CarefulCount:
    """Write the good rows of a file as plain CSV (row number first, no header), the bad ones to quarantine.

    `width` is the number of columns in the header. Raises FileRejected for quotes that are not closed.
    """
    rows = undecodable = 0
    with (
        path.open(encoding=encoding, errors="surrogateescape", newline="") as text,
        clean.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\n")
        records = read_records(text, contract.delimiter)
        next(records, None)
        for rows, record in enumerate(records, start=1):
            problem = _problem(record, width, contract.missing_trailing_columns)
            if problem is None and record.fields is not None:
                writer.writerow([rows, *record.fields, *[""] * (width - len(record.fields))])
                continue
            undecodable += problem == "undecodable bytes"
            quarantine.add(rows, problem or "", _readable(record.raw, encoding))
    return CarefulCount(rows, undecodable)


def _problem(record: Record, width: int, may_miss: int) -> str | None:
    if not is_decoded(record.raw):
        return "undecodable bytes"
    if record.fields is None:
        return "broken quoting"
    if "\0" in record.raw:
        return "NUL byte"
    if len(record.fields) > width:
        return "too many fields"
    if len(record.fields) < width - may_miss:
        return "too few fields"
    if any(len(field) > MAXIMUM_FIELD for field in record.fields):
        return f"field longer than {MAXIMUM_FIELD:,} characters"
    return None


def _readable(raw: str, encoding: str) -> str:
    """Raw text with the bytes that could not be decoded shown as `\\x..`."""
    return raw.encode(encoding, "surrogateescape").decode(encoding, "backslashreplace").rstrip("\r\n")
