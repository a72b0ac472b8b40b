r"""JSON lines in bulk: those that any reader reads alike are taken by the engine, the others handed out.

Alike are objects of texts without \u escapes, whole numbers, true, false and null, whose names are declared
and given once. Readers differ in the rest: in the digits of other numbers, nested values, names given twice,
commas too many.
"""

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from orchestration.sources.byte_scan import ByteScan
from orchestration.sources.careful_csv import MAXIMUM_RECORD
from orchestration.sources.loaded import MAXIMUM_LINE, execute_in_order, sql_text

_TEXT = r'"(?:[^"\\]|\\[^u])*"'
_MEMBER = rf"{_TEXT}\s*:\s*(?:{_TEXT}|null|true|false|0|-?[1-9][0-9]*)"
FLAT_OBJECT = rf"\s*\{{\s*(?:{_MEMBER}(?:\s*,\s*{_MEMBER})*)?\s*\}}\s*"
BLANK = r"[\s\x0b]*"
NO_JSON = "\x01"  # a valid line never holds it, so a line is one field
FETCHED_ROWS = 10_000


def load_flat_lines(
    connection: duckdb.DuckDBPyConnection, path: Path, declared: Sequence[str], scan: ByteScan
) -> set[str] | None:
    """Fill table `delivered` from a file of JSON lines; None where that must be done line by line.

    Its columns: `row_number`, the values c0, c1 ... of the declared names as text, `extra` (null), `names`
    (those that the line gives), `bytes`, and `line`: the text of one that is not flat, without values.
    Returns the names that flat lines give.
    """
    if not scan.is_plain or scan.carriage_returns not in (0, scan.line_feeds):
        return None
    try:
        execute_in_order(connection, _query(declared), [str(path)])
    except duckdb.InvalidInputException:
        return None
    distinct = "select distinct names from delivered where names is not null"
    given = [names for (names,) in connection.execute(distinct).fetchall()]
    if _is_whole(connection, path, scan) and all(_are_declared_once(names, declared) for names in given):
        return {name for names in given for name in names}
    connection.execute("drop table delivered")
    return None


def other_lines(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, bytes]]:
    """The lines of `delivered` that are not flat, with their numbers, in order."""
    found = connection.execute("select row_number, line from delivered where line is not null")
    while rows := found.fetchmany(FETCHED_ROWS):
        for number, line in rows:
            yield number, line.encode()


def flat_lines(declared: Sequence[str]) -> str:
    """A query of `delivered` for the lines that are flat, with the columns of a clean copy."""
    columns = ", ".join(f"c{position}" for position in range(len(declared)))
    return f"select row_number, {columns}, extra from delivered where line is null"


def _is_whole(connection: duckdb.DuckDBPyConnection, path: Path, scan: ByteScan) -> bool:
    """Whether the engine has seen the lines of the scan to their last byte, and none of them is blank."""
    with path.open("rb") as file:
        mark = len(codecs.BOM_UTF8) if file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else 0
    written = f"line is null or not regexp_full_match(line, {sql_text(BLANK)})"
    seen = connection.execute(
        f"select count(*) filter (where {written}), coalesce(sum(bytes), 0) from delivered"
    ).fetchone()
    return seen == (scan.lines, scan.size - mark - scan.line_feeds - scan.carriage_returns)


def _are_declared_once(names: list[str], declared: Sequence[str]) -> bool:
    return len(set(names)) == len(names) and set(names) <= set(declared)


def _query(declared: Sequence[str]) -> str:
    lines = (
        "select row_number() over () as row_number, line from read_csv(?, columns = {line: 'varchar'},"
        f" auto_detect = false, header = false, delim = {sql_text(NO_JSON)}, quote = '', escape = '',"
        f" strict_mode = true, max_line_size = {MAXIMUM_LINE}, buffer_size = {2 * MAXIMUM_LINE})"
    )
    names = (
        f"case when line is null or strlen(line) > {MAXIMUM_RECORD} or not json_valid(line) then null"
        f" when regexp_full_match(line, {sql_text(FLAT_OBJECT)}) then json_keys(line) end"
    )
    pointers = ", ".join(sql_text("/" + name.replace("~", "~0").replace("/", "~1")) for name in declared)
    given = f"case when names is not null then json_extract_string(line, [{pointers}]) end"
    columns = ", ".join(
        f"nullif(given[{place}], '') as c{place - 1}" for place in range(1, len(declared) + 1)
    )
    return (
        f"create temp table delivered as select row_number, {columns}, cast(null as varchar) as extra, names,"
        " coalesce(strlen(line), 0) as bytes,"
        " case when names is null then coalesce(line, '') end as line"
        f" from (select *, {given} as given from (select *, {names} as names from ({lines})))"
    )
