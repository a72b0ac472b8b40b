"""Feed contracts: what each source system has promised to deliver, as immutable data."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

FileFormat = Literal["csv", "tsv", "jsonl", "xlsx", "parquet"]
DeliveryMode = Literal["full", "append", "upsert"]
ColumnType = Literal["text", "integer", "decimal", "boolean", "date", "timestamp"]
Personal = Literal["none", "direct", "free_text"]

SQL_TYPES: dict[ColumnType, str] = {
    "text": "varchar",
    "integer": "bigint",
    "decimal": "decimal(18, 6)",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
}


@dataclass(frozen=True)
class ColumnContract:
    """One delivered column: its header, the name it lands under, and how its text is read.

    `zone` is the time zone of naive stamps (the column's own or the source's). Plausible are stamps with
    `plausible_from <= stamp < plausible_until`. `formats` are strptime formats; empty means ISO 8601.
    """

    name: str
    landed_name: str
    type: ColumnType
    zone: str
    plausible_from: date
    plausible_until: date
    required: bool = False
    formats: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    data_until: bool = False
    personal: Personal = "none"
    purpose: str | None = None
    retention_days: int | None = None
    description: str = ""

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the landed column."""
        return SQL_TYPES[self.type]


@dataclass(frozen=True)
class DeletedWhen:
    """The mark by which an upsert feed says that a row is gone: landed `column` has the text `equals`."""

    column: str
    equals: str


@dataclass(frozen=True)
class TableContract:
    """One feed: which files carry it, how they are read, and what is expected of their rows."""

    source: str
    table: str
    version: int
    description: str
    file: str
    format: FileFormat
    delivery: DeliveryMode
    key: tuple[str, ...]
    columns: tuple[ColumnContract, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str | None = None
    deleted_when: DeletedWhen | None = None
    updated_at: str | None = None
    cadence: str = "daily"
    minimum_rows: int = 0
    final_newline_required: bool = True
    missing_trailing_columns: int = 0
    file_date: str | None = None

    @property
    def has_direct_identifiers(self) -> bool:
        """Whether a column holds direct identifiers, which are replaced by pseudonyms."""
        return any(column.personal == "direct" for column in self.columns)

    @property
    def raw_name(self) -> str:
        """Name of the landing folder, the dbt source table and the last part of the asset key."""
        return f"{self.source}_{self.table}"


@dataclass(frozen=True)
class SourceContract:
    """All feeds of one source system, by table name in the order of the file."""

    source: str
    owner: str
    time_zone: str
    version: int
    tables: dict[str, TableContract]
    description: str = ""
