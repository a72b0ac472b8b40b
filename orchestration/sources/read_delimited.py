"""CSV and TSV: in bulk where an independent scan agrees with the engine, else record by record."""

from pathlib import Path

import duckdb

from orchestration.sources.byte_scan import ByteScan, scan_bytes
from orchestration.sources.careful_csv import CarefulCount, is_decoded, read_carefully, read_header
from orchestration.sources.clean_copy import CleanCopy
from orchestration.sources.contract import TableContract
from orchestration.sources.header import bind_header
from orchestration.sources.loaded import Loaded, extra_json, load_csv
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.rejection import FileRejectedError
from orchestration.sources.text_encoding import fitting_encoding, is_utf8, refuse_other_encodings, transcode

UNDECODABLE_PERCENT = 10


def read_delimited(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    contract: TableContract,
    quarantine: RowQuarantine,
    temporary: Path,
) -> Loaded:
    """Load a CSV or TSV file as text. Raises FileRejectedError for what makes the whole file unreadable."""
    refuse_other_encodings(path, contract.encoding)
    readable, encoding = path, "utf-8-sig" if is_utf8(contract.encoding) else contract.encoding
    if not is_utf8(encoding) and transcode(path, encoding, temporary / "utf8"):
        readable, encoding = temporary / "utf8", "utf-8"
    scan = scan_bytes(readable)
    header = read_header(readable, encoding, scan.newline, contract.delimiter)
    if not all(is_decoded(name) for name in header):
        raise FileRejectedError(f"the header is not {contract.encoding}{_suggestion(path, contract)}")
    binding = bind_header(contract, header)
    refuse_cut_off(scan, contract)
    if scan.is_plain and scan.records > 1 and _loads_in_bulk(connection, readable, contract, header, scan):
        return Loaded(header, binding, scan.records - 1, "rowid + 1", extra_json(binding.extra))
    with CleanCopy(temporary / "clean", [f"c{position}" for position in range(len(header))]) as clean:
        count = read_carefully(readable, clean, contract, quarantine, encoding=encoding, newline=scan.newline)
    if not count.rows:
        raise FileRejectedError("has a header but no rows")
    refuse_other_encoding(path, contract, count)
    clean.load(connection)
    return Loaded(header, binding, count.rows, "row_number", extra_json(binding.extra))


def refuse_cut_off(scan: ByteScan, contract: TableContract) -> None:
    """Raise FileRejectedError when the last line has no line end and the contract promises one."""
    if contract.final_newline_required and not scan.ends_with_newline:
        raise FileRejectedError("is cut off: its last line has no line end")


def refuse_other_encoding(path: Path, contract: TableContract, count: CarefulCount) -> None:
    """Raise FileRejectedError when so many rows cannot be decoded that the declared encoding is wrong."""
    if count.undecodable > max(1, count.rows * UNDECODABLE_PERCENT // 100):
        raise FileRejectedError(
            f"is not {contract.encoding}: {count.undecodable:,} of {count.rows:,} rows cannot be decoded"
            + _suggestion(path, contract)
        )


def _suggestion(path: Path, contract: TableContract) -> str:
    fitting = fitting_encoding(path, contract.encoding)
    return f"; {fitting} fits" if fitting else ""


def _loads_in_bulk(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    contract: TableContract,
    header: list[str],
    scan: ByteScan,
) -> bool:
    """Whether the engine read exactly the records that the scan had counted, without an error."""
    if any("\n" in name or "\r" in name for name in header):
        return False
    try:
        return load_csv(connection, path, contract.delimiter, len(header)) == (scan.records - 1, 0)
    except duckdb.InvalidInputException:
        return False
