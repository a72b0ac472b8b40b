"""Writes workbooks as offices send them: text, whole numbers, real dates and stamps in cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from orchestration.demo.plan import SHANGHAI

Cell = str | int | date | datetime | None
Row = list[Cell]
_OPTIONS = {
    "in_memory": True,  # no temporary files
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)  # fixed: the same rows give the same bytes


@dataclass
class Sheet:
    """A sheet with the delivered table that it holds."""

    table: str
    title: str
    header: Sequence[str]
    rows: Iterable[Row]


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> dict[str, int]:
    """Write the sheets; returns the number of data rows by table."""
    counts = {}
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for sheet in sheets:
            page = book.add_worksheet(sheet.title)
            page.write_row(0, 0, sheet.header)
            counts[sheet.table] = 0
            for number, row in enumerate(sheet.rows, start=1):
                counts[sheet.table] = number
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell)
                    elif isinstance(cell, int):
                        page.write_number(number, column, cell)
                    elif cell is not None:
                        page.write_datetime(number, column, cell, formats[type(cell)])
    return counts


def local_stamp(stamp: int) -> datetime:
    """A naive Shanghai stamp for a cell, from UTC epoch seconds."""
    return datetime.fromtimestamp(stamp + SHANGHAI, UTC).replace(tzinfo=None)


def local_day(stamp: int) -> date:
    """A Shanghai calendar day for a cell, from UTC epoch seconds."""
    return local_stamp(stamp).date()
