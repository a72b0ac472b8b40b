"""JSON lines: one object per line, bound by key; numbers keep their digits, nested values stay JSON."""

import codecs
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from orchestration.sources.byte_scan import scan_bytes
from orchestration.sources.careful_csv import MAXIMUM_RECORD, TOO_LONG, CarefulCount, is_decoded
from orchestration.sources.clean_copy import CleanCopy
from orchestration.sources.contract import TableContract
from orchestration.sources.flat_json import flat_lines, load_flat_lines, other_lines
from orchestration.sources.header import bind_header
from orchestration.sources.loaded import Loaded, one_number
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.read_delimited import refuse_cut_off, refuse_other_encoding
from orchestration.sources.rejection import FileRejectedError
from orchestration.sources.text_encoding import refuse_other_encodings


class _RepeatedNameError(ValueError):
    """An object gives one name twice."""


def read_json_lines(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    contract: TableContract,
    quarantine: RowQuarantine,
    temporary: Path,
) -> Loaded:
    """Load a file of JSON lines as text. A line that is no object goes to quarantine.

    Raises FileRejectedError when a declared name occurs in no line, or the file is cut off or no UTF-8.
    """
    refuse_other_encodings(path, contract.encoding)
    scan = scan_bytes(path, has_quoted_records=False)
    refuse_cut_off(scan, contract)
    declared = [column.name for column in contract.columns]
    names = [*(f"c{position}" for position in range(len(declared))), "extra"]
    flat_names = load_flat_lines(connection, path, declared, scan)
    lines = _all_lines(path) if flat_names is None else other_lines(connection)
    with CleanCopy(temporary / "clean", names) as clean:
        count, seen = _read_each(lines, clean, declared, quarantine)
    if flat_names is not None:
        count = replace(count, rows=scan.lines)
        seen.update(dict.fromkeys(flat_names))
    refuse_other_encoding(path, contract, count)
    if count.rows == quarantine.count:
        raise FileRejectedError("has no line that is a JSON object")
    binding = bind_header(
        contract, [name for name in declared if name in seen] + [n for n in seen if n not in declared]
    )
    if flat_names is None:
        clean.load(connection)
    elif one_number(connection, "select count(line) from delivered"):
        clean.load(connection, flat_lines(declared))
    return Loaded(declared, binding, count.rows, "row_number", "nullif(extra, '')")


def _read_each(
    lines: Iterable[tuple[int, bytes]], clean: CleanCopy, declared: list[str], quarantine: RowQuarantine
) -> tuple[CarefulCount, dict[str, None]]:
    """Parse lines one after the other; returns their count and the names that they give, in order."""
    known = frozenset(declared)
    seen: dict[str, None] = {}
    rows = undecodable = 0
    for rows, line in lines:
        values, problem = _parse(line.removeprefix(codecs.BOM_UTF8) if rows == 1 else line)
        problem = TOO_LONG if len(line) > MAXIMUM_RECORD else problem
        if problem:
            undecodable += problem == "undecodable bytes"
            quarantine.add(rows, problem, line.decode("utf-8", "backslashreplace"))
            continue
        if not values.keys() <= seen.keys():
            seen.update(dict.fromkeys(values))
        extra = _extra_text(values, known) if values.keys() - known else ""
        clean.add(rows, [*map(values.get, declared), extra])
    return CarefulCount(rows, undecodable), seen


def _all_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        yield from enumerate((line.rstrip(b"\r\n") for line in file if line.strip()), start=1)


def _extra_text(values: dict[str, str], known: frozenset[str]) -> str:
    extra = {name: value for name, value in values.items() if name not in known}
    return json.dumps(extra, ensure_ascii=False)


def _parse(line: bytes) -> tuple[dict[str, str], str]:
    """(values as text by name, "") or ({}, why the line cannot be taken)."""
    try:
        parsed = json.loads(
            line.decode("utf-8"),
            parse_int=str,
            parse_float=str,
            parse_constant=str,
            object_pairs_hook=_unique,
        )
    except UnicodeDecodeError:
        return {}, "undecodable bytes"
    except _RepeatedNameError:
        return {}, "a name is given twice"
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, dict):
        return {}, "not a JSON object"
    values = {name: value if isinstance(value, str) else _text(value) for name, value in parsed.items()}
    # Only escapes can bring either: a bare NUL is no JSON, bare halves of characters are no UTF-8.
    if b"\\u" in line:
        together = "".join((*values, *values.values()))
        if "\0" in together or not is_decoded(together):
            return {}, "NUL or half a character"
    return values, ""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise _RepeatedNameError
    return values


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
