"""A small company to land for: one contract, an inbox to write into, and what came out of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.sources.contract import SourceContract, read_contract
from orchestration.sources.landing import land_source
from orchestration.sources.manifest import Delivery, parquet_path

KEY = b"0123456789abcdef0123456789abcdef"

TICKETS: dict[str, Any] = {
    "description": "Tickets.",
    "file": "tickets*.csv",
    "format": "csv",
    "delivery": "append",
    "key": ["ticket_id"],
    "cadence": "daily",
    "minimum_rows": 1,
    "columns": [
        {"name": "ticket_id", "type": "text", "required": True},
        {"name": "Opened", "as": "opened_at", "type": "timestamp", "missing": ["?"], "data_until": True},
        {"name": "score", "type": "integer"},
        {
            "name": "phone",
            "type": "text",
            "personal": "direct",
            "purpose": "call-back",
            "retention_days": 365,
        },
        {
            "name": "remark",
            "type": "text",
            "personal": "free_text",
            "purpose": "voice of the customer",
            "retention_days": 365,
        },
    ],
}
HEADER = "ticket_id,Opened,score,phone,remark\n"


def row(number: int, opened: str = "2026-01-02 03:04:05", score: str = "5", remark: str = "fine") -> str:
    """One good CSV line."""
    return f"T{number},{opened},{score},1380000{number:04d},{remark}\n"


def rows(count: int) -> str:
    """Good CSV lines T1 ... Tn."""
    return "".join(row(number) for number in range(1, count + 1))


@dataclass
class LandingRoom:
    """An inbox, a landing and a contract called `desk`, in a folder of the test."""

    home: Path
    versions: int = 0

    def contract(self, zone: str = "Asia/Shanghai", version: int = 1, **changes: Any) -> SourceContract:
        """The contract with some keys of its table changed; None takes a key away."""
        table = {key: value for key, value in (TICKETS | changes).items() if value is not None}
        return self.contract_of({"tickets": table}, zone=zone, version=version)

    def contract_of(
        self, tables: dict[str, Any], zone: str = "Asia/Shanghai", version: int = 1
    ) -> SourceContract:
        """A contract of the given tables, written and read as YAML."""
        values = {"source": "desk", "owner": "desk", "time_zone": zone, "version": version, "tables": tables}
        path = self.home / "contracts" / "desk.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return read_contract(path)

    def deliver(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        """Put a file into the inbox."""
        path = self.home / "inbox" / "desk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def land(self, contract: SourceContract | None = None, key: bytes = KEY) -> list[Delivery]:
        """Land the inbox."""
        return land_source(
            contract or self.contract(),
            inbox=self.home / "inbox",
            landing=self.landing,
            quarantine=self.home / "quarantine",
            vault=self.home / "vault",
            key=key,
        )

    def land_one(
        self, content: str | bytes, contract: SourceContract | None = None, name: str = "tickets.csv"
    ) -> Delivery:
        """Deliver one file, land, and return what became of it."""
        self.deliver(name, content)
        (delivery,) = self.land(contract)
        return delivery

    @property
    def landing(self) -> Path:
        """The landing folder."""
        return self.home / "landing"

    def landed(self, delivery: Delivery, columns: str = "*") -> list[tuple[Any, ...]]:
        """Rows of a landed delivery in the order of the file."""
        path = parquet_path(self.landing, delivery)
        return duckdb.connect().execute(f"select {columns} from read_parquet('{path}')").fetchall()

    def quarantined(self, delivery: Delivery) -> str:
        """The text of a delivery's row quarantine."""
        path = self.home / "quarantine" / delivery.table / f"{delivery.batch_id}.jsonl"
        return path.read_text(encoding="utf-8")
