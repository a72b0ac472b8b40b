"""Feed contracts: every rule that a contract file must keep, and how it becomes checked data."""

import codecs
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from orchestration.sources.contract_node import ContractError, Node, load_node
from orchestration.sources.contract_types import (
    SQL_TYPES,
    ColumnContract,
    DeletedWhen,
    SourceContract,
    TableContract,
)

__all__ = [
    "ColumnContract",
    "ContractError",
    "DeletedWhen",
    "SourceContract",
    "TableContract",
    "load_contracts",
    "read_contract",
]

NAME = re.compile(r"[a-z][a-z0-9_]*")
CADENCES = ("continuous", "hourly", "daily", "weekly", "monthly", "yearly", "once")
DELIMITERS = {"csv": ",", "tsv": "\t"}
FILE_DATE_DIRECTIVES = re.compile(r"(?:[^%/]|%[YmdHMS])+")


def load_contracts(folder: Path) -> dict[str, SourceContract]:
    """Read every `<source>.yaml` of a folder; returns contracts by source name, in name order.

    Raises ContractError for the first rule that a file breaks.
    """
    return {path.stem: read_contract(path) for path in sorted(folder.glob("*.yaml"))}


def read_contract(path: Path) -> SourceContract:
    """Read `<source>.yaml`. Raises ContractError naming file, table, column and the rule."""
    node = load_node(path)
    source, version, zone = node.text("source"), node.number("version"), _zone(node, "time_zone", ...)
    if source != path.stem or not NAME.fullmatch(source):
        node.fail(f"`source` is {source!r}; it must be the file's name in lower_snake_case")
    if version < 1:
        node.fail("`version` starts at 1")
    listed = node.pop("tables")
    if not isinstance(listed, dict) or not listed:
        node.fail("`tables` must be a mapping of table names to feeds")
    tables: dict[str, TableContract] = {}
    for name, values in listed.items():
        tables[str(name)] = _table(
            Node(f"{path.name}, table {name}", values), source, str(name), version, zone
        )
    _files_differ(node, list(tables.values()))
    owner, description = node.text("owner"), node.text("description", "")
    node.close()
    return SourceContract(source, owner, zone, version, tables, description)


def _files_differ(node: Node, tables: list[TableContract]) -> None:
    taken = [(table.file, table.sheet) for table in tables]
    for pattern, sheet in taken:
        if taken.count((pattern, sheet)) > 1:
            node.fail(
                f"two tables take the same file {pattern!r}; only the sheets of a workbook may share one"
            )


def _zone(node: Node, key: str, default: object) -> str:
    zone: str = node.text(key, default)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        node.fail(f"`{key}` is {zone!r}; give a name of the time-zone database such as Asia/Shanghai")
    return zone


def _encoding(node: Node, file_format: str) -> str:
    encoding: str = node.text("encoding", "utf-8")
    try:
        name = codecs.lookup(encoding).name
        is_ascii_based = name == "utf-8-sig" or 'a,"\n'.encode(name) == b'a,"\n'
    except (LookupError, UnicodeError):
        node.fail(f"`encoding` {encoding!r} is not a text encoding that Python knows")
    if not is_ascii_based or name in ("utf-7", "hz") or name.startswith("iso2022"):
        node.fail(f"`encoding` {encoding!r} does not extend ASCII; ask the source for UTF-8")
    if file_format == "jsonl" and name not in ("utf-8", "utf-8-sig"):
        node.fail("JSON lines are UTF-8 by their standard; remove `encoding`")
    return name


def _table(node: Node, source: str, name: str, version: int, zone: str) -> TableContract:
    if not NAME.fullmatch(name):
        node.fail("a table name is lower_snake_case")
    file_format = node.choice("format", ("csv", "tsv", "jsonl", "xlsx", "parquet"))
    columns = _columns(node, zone)
    contract = TableContract(
        source=source,
        table=name,
        version=version,
        description=node.text("description"),
        file=node.text("file"),
        format=file_format,
        encoding=_encoding(node, file_format),
        delimiter=node.text("delimiter", DELIMITERS.get(file_format, ",")),
        sheet=node.text("sheet", None),
        delivery=node.choice("delivery", ("full", "append", "upsert")),
        deleted_when=_deleted_when(node),
        key=node.texts("key"),
        updated_at=node.text("updated_at", None),
        cadence=node.choice("cadence", CADENCES),
        minimum_rows=node.number("minimum_rows"),
        final_newline_required=node.choice("final_newline", ("required", "optional"), "required")
        == "required",
        missing_trailing_columns=node.number("missing_trailing_columns", 0),
        file_date=node.text("file_date", None),
        columns=columns,
    )
    node.close()
    _check_file(node, contract)
    _check_names(node, contract)
    return contract


def _deleted_when(node: Node) -> DeletedWhen | None:
    mark = node.child("deleted_when")
    if mark is None:
        return None
    deleted_when = DeletedWhen(mark.text("column"), mark.text("equals"))
    mark.close()
    return deleted_when


def _check_file(node: Node, contract: TableContract) -> None:
    if not contract.file or "/" in contract.file or not contract.file.isprintable():
        node.fail("`file` is a pattern for names inside inbox/<source>/, without folders")
    if len(contract.delimiter) != 1 or contract.delimiter in '"\r\n' or not contract.delimiter.isascii():
        node.fail("`delimiter` is one ASCII character")
    if (contract.sheet is not None) != (contract.format == "xlsx"):
        node.fail("`sheet` belongs to xlsx, and xlsx needs it")
    if (contract.file_date is not None) and not FILE_DATE_DIRECTIVES.fullmatch(contract.file_date):
        node.fail("`file_date` is made of %Y %m %d %H %M %S and fixed characters")
    if contract.missing_trailing_columns >= len(contract.columns):
        node.fail("`missing_trailing_columns` leaves no column")


def _check_names(node: Node, contract: TableContract) -> None:
    landed = [column.landed_name for column in contract.columns]
    delivered = [column.name for column in contract.columns]
    for name in landed + delivered:
        if landed.count(name) > 1 or delivered.count(name) > 1:
            node.fail(f"column {name!r} is given twice")
    mentioned = [*contract.key, *([contract.updated_at] if contract.updated_at else [])]
    if contract.deleted_when:
        mentioned.append(contract.deleted_when.column)
        if contract.delivery != "upsert":
            node.fail("`deleted_when` belongs to upsert feeds")
        if contract.updated_at is None:
            node.fail("`deleted_when` needs `updated_at`: which rows are older than a deletion?")
    if not contract.key:
        node.fail("`key` names at least one column")
    for name in mentioned:
        if name not in landed:
            node.fail(f"`key`, `updated_at` or `deleted_when` names {name!r}, which is no landed column")


def _columns(node: Node, zone: str) -> tuple[ColumnContract, ...]:
    listed = node.pop("columns")
    if not isinstance(listed, list) or not listed:
        node.fail("`columns` must be a list of columns")
    plausible = _plausible(node, (date(2000, 1, 1), date(2100, 1, 1)))
    return tuple(_column(node, values, zone, plausible) for values in listed)


def _plausible(node: Node, default: tuple[date, date]) -> tuple[date, date]:
    span = node.child("plausible")
    if span is None:
        return default
    first, last = span.day("from"), span.day("until")
    span.close()
    if first >= last:
        node.fail("`plausible` ends before it starts")
    return first, last


def _column(table: Node, values: object, zone: str, plausible: tuple[date, date]) -> ColumnContract:
    label = values.get("name", "?") if isinstance(values, dict) else "?"
    node = Node(f"{table.place}, column {label!r}", values)
    name = node.text("name")
    plausible_from, plausible_until = _plausible(node, plausible)
    column = ColumnContract(
        name=name,
        landed_name=node.text("as", name),
        type=node.choice("type", tuple(SQL_TYPES)),
        zone=_zone(node, "zone", zone),
        plausible_from=plausible_from,
        plausible_until=plausible_until,
        required=node.flag("required"),
        formats=node.texts("format", ()),
        missing=node.texts("missing", ()),
        data_until=node.flag("data_until"),
        personal=node.choice("personal", ("none", "direct", "free_text"), "none"),
        purpose=node.text("purpose", None),
        retention_days=node.number("retention_days", None),
        description=node.text("description", ""),
    )
    node.close()
    _check_column(node, column)
    return column


def _check_column(node: Node, column: ColumnContract) -> None:
    is_stamp = column.type in ("date", "timestamp")
    has_offset = any("%z" in item.lower() for item in column.formats)
    rules: Sequence[tuple[bool, str]] = (
        (bool(NAME.fullmatch(column.landed_name)), "its landed name (`as`) must be lower_snake_case"),
        (not column.formats or is_stamp, "`format` belongs to dates and timestamps"),
        (not column.data_until or is_stamp, "`data_until` belongs to dates and timestamps"),
        (
            not column.missing or column.type != "text",
            "`missing` belongs to typed columns; staging reads text",
        ),
        (column.personal == "none" or column.type == "text", "a personal column is text"),
        (column.personal == "none" or bool(column.purpose), "a personal column needs a `purpose`"),
        (
            column.personal == "none" or bool(column.retention_days),
            "a personal column needs `retention_days`",
        ),
        (not has_offset or column.zone == "UTC", "a format with an offset (%z) needs `zone: UTC`"),
    )
    for kept, rule in rules:
        if not kept:
            node.fail(rule)
