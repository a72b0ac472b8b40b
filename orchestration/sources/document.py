"""The page on sources, generated from the contracts: what is delivered, how it is read, what is personal."""

from collections.abc import Iterator, Mapping

from orchestration.sources.contract import ColumnContract, SourceContract, TableContract


def sources_markdown(contracts: Mapping[str, SourceContract]) -> str:
    """docs/sources.md: one section per source system, one table per feed."""
    lines = ["# Sources", "", "Generated from the feed contracts in `orchestration/sources/contracts/`.", ""]
    for contract in contracts.values():
        lines.extend(_source(contract))
    return "\n".join(lines).rstrip() + "\n"


def _source(contract: SourceContract) -> Iterator[str]:
    yield from (f"## {contract.source}", "")
    if contract.description:
        yield from (contract.description, "")
    yield from (
        f"Owner: {contract.owner}. Naive stamps: {contract.time_zone}. Contract version: {contract.version}.",
        "",
    )
    for table in contract.tables.values():
        yield from _table(table)


def _table(table: TableContract) -> Iterator[str]:
    yield from (f"### {table.raw_name}", "", table.description.strip(), "")
    yield f"- Files `inbox/{table.source}/{table.file}` (also `.gz`, `.zip`), {_format(table)}"
    yield f"- Delivery: {table.delivery}, {table.cadence}; at least {table.minimum_rows:,} rows"
    yield f"- Key: {', '.join(f'`{name}`' for name in table.key)}{_newest(table)}"
    if table.deleted_when:
        yield f"- Deleted when `{table.deleted_when.column}` is `{table.deleted_when.equals}`"
    if table.file_date:
        yield f"- The name carries a date, `{table.file_date}`; the newest date counts"
    if table.missing_trailing_columns:
        yield f"- A row may be {table.missing_trailing_columns} field(s) short at its end"
    yield from (
        "",
        "| landed column | delivered as | type | required | personal | notes |",
        "|---|---|---|---|---|---|",
    )
    yield from (_column(column) for column in table.columns)
    yield ""


def _format(table: TableContract) -> str:
    if table.format in ("csv", "tsv"):
        return f"{table.format.upper()} in {table.encoding}"
    return (
        f"sheet {table.sheet!r} of XLSX"
        if table.sheet
        else {"jsonl": "JSON lines"}.get(table.format, "Parquet")
    )


def _newest(table: TableContract) -> str:
    return f", the newest by `{table.updated_at}`" if table.updated_at else ""


def _column(column: ColumnContract) -> str:
    personal = ""
    if column.personal != "none":
        treatment = "pseudonym" if column.personal == "direct" else "masked"
        personal = f"{treatment}; {column.purpose}; {column.retention_days} days"
    cells = (
        f"`{column.landed_name}`",
        f"`{column.name}`" if column.name else "(no name)",
        column.type,
        "yes" if column.required else "",
        personal,
        _notes(column),
    )
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _notes(column: ColumnContract) -> str:
    notes = [column.description] if column.description else []
    if column.formats:
        notes.append("format " + " or ".join(f"`{item}`" for item in column.formats))
    if column.missing:
        notes.append("missing: " + ", ".join(f"`{token}`" for token in column.missing))
    if column.type == "timestamp":
        notes.append(column.zone)
    return "; ".join(notes)
