"""XLSX: the contracted sheet row by row; dates become ISO text, formulas stay text, never evaluated."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import ParseError

import duckdb
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError

from orchestration.sources import unpack
from orchestration.sources.careful_csv import MAXIMUM_RECORD, TOO_LONG
from orchestration.sources.clean_copy import CleanCopy
from orchestration.sources.contract import TableContract
from orchestration.sources.header import bind_header
from orchestration.sources.loaded import Loaded, extra_json
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.rejection import FileRejectedError
from orchestration.sources.workbook_rows import sheet_rows

DAMAGED = (
    *unpack.DAMAGED, KeyError, TypeError, AttributeError, IndexError, ParseError, InvalidFileException,
    CalamineError,
)  # fmt: skip


def read_workbook(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    contract: TableContract,
    quarantine: RowQuarantine,
    temporary: Path,
) -> Loaded:
    """Load one sheet as text. Raises FileRejectedError for a damaged workbook, a missing or empty sheet."""
    count = 0
    with _rows_of(path, contract) as rows:
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
def _rows_of(path: Path, contract: TableContract) -> Iterator[Iterator[list[str]]]:
    assert contract.sheet is not None
    try:
        yield sheet_rows(path, contract.sheet)
    except (OSError, *DAMAGED) as error:
        if isinstance(error, OSError) and not unpack.is_damage(error):
            raise
        raise FileRejectedError("is not a whole XLSX workbook (cut off, damaged or encrypted)") from error
