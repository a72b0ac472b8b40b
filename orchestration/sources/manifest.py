"""The manifest: one durable record per delivered file, and which deliveries count now."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from orchestration.sources.contract import SourceContract, TableContract
from orchestration.sources.files import write_in_place
from orchestration.sources.rejection import LandingError, printable

Status = Literal["landed", "rejected", "ignored"]


@dataclass(frozen=True)
class Delivery:
    """What became of one delivered file, for one table.

    `reasons` counts quarantined rows per reason, `first_rows` holds the first row numbers of each (1 = first
    data row). `data_from` and `data_until` are naive UTC stamps. `sequence` counts the deliveries of a table
    in order of landing. `file_date` is the date in the file's name (sortable), empty where none is promised.
    """

    source: str
    table: str
    file_name: str
    status: Status
    reason: str = ""
    batch_id: str = ""
    file_sha256: str = ""
    file_bytes: int = 0
    format: str = ""
    encoding: str = ""
    contract_version: int = 0
    sequence: int = 0
    file_date: str = ""
    delivered_rows: int = 0
    landed_rows: int = 0
    quarantined_rows: int = 0
    duplicate_keys: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    first_rows: dict[str, list[int]] = field(default_factory=dict)
    extra_columns: tuple[str, ...] = ()
    data_from: datetime | None = None
    data_until: datetime | None = None
    parquet_sha256: str = ""
    parquet_bytes: int = 0
    key_fingerprint: str = ""
    is_new: bool = True

    @property
    def outcome(self) -> Literal["landed", "rejected", "ignored", "unchanged"]:
        """The status, or `unchanged` for a file that had landed before this run."""
        return "unchanged" if self.status == "landed" and not self.is_new else self.status

    @property
    def needs_attention(self) -> bool:
        """Whether something was wrong with the file or its rows: people should read its summary line."""
        odd_rows = bool(self.quarantined_rows or self.duplicate_keys or self.extra_columns)
        return self.status != "landed" or odd_rows

    @property
    def order(self) -> tuple[str, int]:
        """Sorts the deliveries of a table from oldest to newest: by the date in the name, then by landing."""
        return (self.file_date, self.sequence)

    def summary_line(self) -> str:
        """One line for people: table, file, what landed, what was wrong and where.

        It holds counts, row numbers and reasons, never a delivered value.
        """
        subject = f"{self.table or self.source}: {self.file_name}"
        if self.status != "landed":
            return f"{subject} {self.status}: {self.reason}"
        parts = [f"{subject} {self.outcome}, {self.landed_rows:,} of {self.delivered_rows:,} rows"]
        for reason, count in self.reasons.items():
            first = self.first_rows.get(reason, [])
            shown = ", ".join(map(str, first)) + (", ..." if count > len(first) else "")
            parts.append(f"{count:,} in quarantine: {reason} ({'row' if count == 1 else 'rows'} {shown})")
        if self.duplicate_keys:
            parts.append(f"duplicate keys: {self.duplicate_keys:,}")
        if self.extra_columns:
            parts.append(f"undeclared columns kept in _extra: {', '.join(self.extra_columns)}")
        return "; ".join(parts)


def ignored(source: str, path: Path, reason: str) -> Delivery:
    """What becomes of a file that is not taken now; nothing of it is kept."""
    return Delivery(
        source=source, table="", file_name=printable(path.name, 200), status="ignored", reason=reason
    )


def batch_id_of(file_sha256: str, contract: TableContract) -> str:
    """First 16 hex digits of SHA-256 over (file SHA-256, table, contract version)."""
    text = "\n".join((file_sha256, contract.raw_name, str(contract.version)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def manifest_path(landing: Path, table: str, batch_id: str) -> Path:
    """Where the record of a delivery lies."""
    return landing / "manifest" / table / f"{batch_id}.json"


def parquet_path(landing: Path, delivery: Delivery) -> Path:
    """Where the rows of a landed delivery lie."""
    return landing / delivery.table / f"{delivery.batch_id}.parquet"


def write_delivery(delivery: Delivery, landing: Path, temporary: Path) -> None:
    """Put the record of a delivery in place; from then on the delivery counts."""
    values = asdict(delivery)
    del values["is_new"]
    text = json.dumps(values, ensure_ascii=False, indent=2, default=lambda stamp: stamp.isoformat())
    path = manifest_path(landing, delivery.table, delivery.batch_id)
    write_in_place(text + "\n", temporary / path.name, path)


def read_delivery(path: Path) -> Delivery:
    """One record. Raises LandingError when it is damaged."""
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name in ("data_from", "data_until"):
            values[name] = datetime.fromisoformat(values[name]) if values[name] else None
        values["extra_columns"] = tuple(values["extra_columns"])
        known = {item.name for item in fields(Delivery)} - {"is_new"}
        if set(values) != known:
            raise ValueError("its keys are not those of a delivery")
        return Delivery(**values)
    except (ValueError, KeyError, TypeError) as error:
        raise LandingError(
            f"{path} is damaged ({error}); remove it, the next run lands the file again"
        ) from error


def read_deliveries(landing: Path, tables: Iterable[str] = ("*",)) -> list[Delivery]:
    """The records of the given tables (raw names; all by default), by table and from oldest to newest."""
    paths = [path for table in tables for path in (landing / "manifest").glob(f"{table}/*.json")]
    return sorted((read_delivery(path) for path in paths), key=lambda item: (item.table, item.order))


def current_deliveries(contract: TableContract, deliveries: Iterable[Delivery]) -> list[Delivery]:
    """The deliveries whose rows make up a table now, oldest first.

    Append and upsert: every landed file, under its newest contract version. Full: the newest file only.
    """
    landed = [item for item in deliveries if item.table == contract.raw_name and item.status == "landed"]
    newest_version: dict[str, Delivery] = {}
    for item in sorted(landed, key=lambda item: item.contract_version):
        newest_version[item.file_sha256] = item
    ordered = sorted(newest_version.values(), key=lambda item: item.order)
    return ordered[-1:] if contract.delivery == "full" else ordered


def is_stale(contract: TableContract, deliveries: Iterable[Delivery]) -> bool:
    """Whether the newest file of a table was rejected, so that an older one (or nothing) is in use."""
    own = [item for item in deliveries if item.table == contract.raw_name]
    return bool(own) and max(own, key=lambda item: item.order).status == "rejected"


def current_by_table(
    contracts: Mapping[str, SourceContract], deliveries: Iterable[Delivery]
) -> dict[str, list[Delivery]]:
    """The current deliveries of every contracted table, by raw name; empty lists where nothing landed."""
    listed = list(deliveries)
    return {table.raw_name: current_deliveries(table, listed) for table in all_tables(contracts)}


def all_tables(contracts: Mapping[str, SourceContract]) -> list[TableContract]:
    """The contracted tables of all sources, in contract order."""
    return [table for contract in contracts.values() for table in contract.tables.values()]


def latest_data_until(deliveries: Iterable[Delivery]) -> datetime | None:
    """How far the given deliveries reach (naive UTC): the default `as_of`; None without stamps."""
    stamps = (item.data_until for item in deliveries if item.status == "landed")
    return max((stamp for stamp in stamps if stamp is not None), default=None)
