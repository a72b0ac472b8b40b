"""The rows of a sheet of an XLSX workbook as text: by a fast reader, or a careful one where it would guess.

The fast reader (calamine) gives the last result of a formula and keeps numbers as floating point; a workbook
with formulas, error cells or numbers of more than 15 digits is read by openpyxl, several times slower.
"""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from orchestration.sources.rejection import FileRejectedError, printable
from orchestration.sources.unpack import ExpansionLimits

# A formula, an error, a long number. A name space's prefix may stand before every element.
CAREFUL = re.compile(rb'<(?:\w+:)?f[\s/>]|\st="e"|<(?:\w+:)?v>-?\d{16}')
CHUNK = 1 << 20
LONGEST_MATCH = 64


def sheet_rows(path: Path, sheet: str) -> Iterator[list[str]]:
    """The rows of the sheet that are not blank, without their empty cells at the end.

    Raises FileRejectedError for a missing sheet and a bomb, and what the libraries raise for a damaged file.
    """
    rows = _careful_rows(path, sheet) if _needs_care(path) else _fast_rows(path, sheet)
    return (cells for row in rows if (cells := _cells(row)))


def _fast_rows(path: Path, sheet: str) -> Iterator[Iterable[object]]:
    with CalamineWorkbook.from_path(path) as workbook:
        _require_sheet(sheet, workbook.sheet_names)
        yield from workbook.get_sheet_by_name(sheet).iter_rows()


def _careful_rows(path: Path, sheet: str) -> Iterator[Iterable[object]]:
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        _require_sheet(sheet, workbook.sheetnames)
        page = workbook[sheet]
        page.reset_dimensions()
        yield from page.iter_rows(values_only=True)


def _require_sheet(sheet: str, names: list[str]) -> None:
    if sheet not in names:
        shown = ", ".join(repr(printable(name)) for name in names[:10])
        raise FileRejectedError(f"has no sheet {sheet!r}; it has {shown}")


def _needs_care(path: Path) -> bool:
    """Reads every member to its end, by which `zipfile` compares their checksums."""
    with zipfile.ZipFile(path) as archive:
        _refuse_bomb(path, archive)
        found = [_has_match(archive, member) for member in archive.infolist()]
    return any(found)


def _has_match(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    is_sheet, found, end = "worksheets/" in member.filename, False, b""
    with archive.open(member) as file:
        while chunk := file.read(CHUNK):
            found = found or (is_sheet and CAREFUL.search(end + chunk) is not None)
            end = chunk[-LONGEST_MATCH:]
    return found


def _refuse_bomb(path: Path, archive: zipfile.ZipFile) -> None:
    # zipfile never unpacks more of a member than its directory declares.
    declared = sum(member.file_size for member in archive.infolist())
    is_too_dense = (
        declared > ExpansionLimits.ratio_from and declared > path.stat().st_size * ExpansionLimits.ratio
    )
    if declared > ExpansionLimits.total or is_too_dense:
        raise FileRejectedError(f"would expand to {declared:,} bytes: refused as a bomb")


def _cells(row: Iterable[object]) -> list[str]:
    cells = [value if type(value) is str else _text(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):  # the fast reader gives a stamp at midnight as a date
        stamp = value if isinstance(value, datetime) else datetime.combine(value, time())
        return stamp.isoformat(" ")
    return str(value)
