"""XLSX: the contracted sheet row by row; dates become ISO text, formulas stay text, never evaluated."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import duckdb
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from orchestration.sources import unpack
from orchestration.sources.careful_csv import MAXIMUM_RECORD, TOO_LONG
from orchestration.sources.clean_copy import CleanCopy
from orchestration.sources.contract import TableContract
from orchestration.sources.header import bind_header
from orchestration.sources.loaded import Loaded, extra_json
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.rejection import FileRejectedError, printable
from orchestration.sources.unpack import ExpansionLimits

DAMAGED = (*unpack.DAMAGED, KeyError, TypeError, AttributeError, IndexError, ParseError, InvalidFileException)


def read_workbook(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    contract: TableContract,
    quarantine: RowQuarantine,
    temporary: Path,
) -> Loaded:
    """Load one sheet as text. Raises FileRejectedError for a damaged workbook, a missing or empty sheet."""
    count = 0
    with _sheet_rows(path, contract) as rows:
        header = next(rows, None)
        if header is None:
            raise FileRejectedError(f"sheet {contract.sheet!r} is empty: it has no header and no rows")
        binding = bind_header(contract, header)
        with CleanCopy(temporary / "clean", [f"c{position}" for position in range(len(header))]) as clean:
            for count, cells in enumerate(rows, start=1):
                problem = _problem(cells, len(header))
                if problem:
                    quarantine.add(count, problem, "\t".join(cells))
                else:
                    clean.add(count, cells + [""] * (len(header) - len(cells)))
    if not count:
        raise FileRejectedError(f"sheet {contract.sheet!r} has a header but no rows")
    clean.load(connection)
    extra = extra_json(binding.extra)
    return Loaded(header, binding, count, "row_number", extra, has_iso_stamps=True)


def _problem(cells: list[str], width: int) -> str | None:
    if len(cells) > width:
        return "too many fields"
    if sum(len(cell) for cell in cells) * 2 > MAXIMUM_RECORD:
        return TOO_LONG
    return "NUL byte" if any("\0" in cell for cell in cells) else None


@contextmanager
def _sheet_rows(path: Path, contract: TableContract) -> Iterator[Iterator[list[str]]]:
    """The rows of the sheet that are not blank, without their empty cells at the end."""
    try:
        _refuse_bomb(path)
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
            if contract.sheet not in workbook.sheetnames:
                shown = ", ".join(repr(printable(name)) for name in workbook.sheetnames[:10])
                raise FileRejectedError(f"has no sheet {contract.sheet!r}; it has {shown}")
            sheet = workbook[contract.sheet]
            sheet.reset_dimensions()
            yield (cells for row in sheet.iter_rows(values_only=True) if (cells := _cells(row)))
    except (OSError, *DAMAGED) as error:
        if isinstance(error, OSError) and not unpack.is_damage(error):
            raise
        raise FileRejectedError("is not a whole XLSX workbook (cut off, damaged or encrypted)") from error


def _refuse_bomb(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        # zipfile never unpacks more of a member than its directory declares.
        declared = sum(member.file_size for member in archive.infolist())
    is_too_dense = (
        declared > ExpansionLimits.ratio_from and declared > path.stat().st_size * ExpansionLimits.ratio
    )
    if declared > ExpansionLimits.total or is_too_dense:
        raise FileRejectedError(f"would expand to {declared:,} bytes: refused as a bomb")


def _cells(row: tuple[object, ...]) -> list[str]:
    cells = [_text(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
