"""The evidence pack: what an auditor needs to know about a build, read from the build itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publishing.files import PublicationError, sha256_file
from orchestration.publishing.manifest import GATES
from orchestration.publishing.tables import Table, opened
from orchestration.quality.hashing import TableHash
from orchestration.quality.verdict import GateName, verdict_path
from orchestration.settings import PROJECT_ROOT, Settings

LOCK_FILE = PROJECT_ROOT / "requirements.lock"


def collect_evidence(
    settings: Settings,
    *,
    build_id: str,
    run_id: str,
    code_version: str,
    signed_off_by: str | None,
    now: datetime,
    tables: Mapping[Table, TableHash],
) -> dict[str, Any]:
    """The pack of the build in the build file.

    Raises PublicationError when delivered rows are not landed plus quarantined, or the build has another id.
    """
    with opened(settings.build_file, settings) as connection:
        deliveries = _rows(connection, "raw.deliveries", "source_system, table_name, batch_id")
        parameters = _rows(connection, "raw.run_parameters", "build_id")
        sources = _rows(connection, "raw.source_status", "source_system, table_name")
        kpis = _rows(connection, "kpis.dim_kpi", "kpi_code")
    if [row["build_id"] for row in parameters] != [build_id]:
        raise PublicationError(f"The build file does not hold build {build_id}; run the build again.")
    return {
        "build_id": build_id,
        "run_id": run_id,
        "published_at": now.isoformat(timespec="seconds"),
        "code_version": code_version,
        "lock_sha256": sha256_file(LOCK_FILE),
        "contract_versions": _versions(deliveries, "table_name", "contract_version"),
        "formula_versions": _versions(kpis, "kpi_code", "formula_version"),
        "parameters": parameters[0],
        "inputs": deliveries,
        "control_totals": _control_totals(deliveries),
        "sources": sources,
        "gates": {gate: read_verdict(settings.warehouse, build_id, gate) for gate in GATES},
        "outputs": {str(table): asdict(mark) for table, mark in tables.items()},
        "sign_off": {"name": signed_off_by},
    }


def read_verdict(warehouse: Path, build_id: str, gate: GateName) -> dict[str, Any]:
    """A gate's verdict as it was written; only for a gate that has just been required."""
    text = verdict_path(warehouse, gate, build_id).read_bytes()
    return {"passed": True, "sha256": hashlib.sha256(text).hexdigest(), "verdict": json.loads(text)}


def _control_totals(deliveries: list[dict[str, Any]]) -> dict[str, Any]:
    accepted = [row for row in deliveries if row["status"] == "landed"]
    for row in accepted:
        if row["delivered_rows"] != row["landed_rows"] + row["quarantined_rows"]:
            raise PublicationError(
                f"{row['file_name']}: {row['delivered_rows']} rows delivered, {row['landed_rows']} landed and"
                f" {row['quarantined_rows']} in quarantine; rows are lost or count twice."
            )
    names = ("delivered_rows", "landed_rows", "quarantined_rows")
    totals = {name: sum(row[name] for row in accepted) for name in names}
    files = {"files": len(accepted), "rejected_files": sum(row["status"] == "rejected" for row in deliveries)}
    return totals | files | {"balances": True}


def _versions(rows: list[dict[str, Any]], name: str, version: str) -> dict[str, Any]:
    return {row[name]: row[version] for row in sorted(rows, key=lambda row: str(row[version]))}


def _rows(connection: duckdb.DuckDBPyConnection, table: str, order: str) -> list[dict[str, Any]]:
    try:
        result = connection.execute(f"select * from {table} order by {order}")
    except duckdb.CatalogException as error:
        raise PublicationError(f"The build file has no {table}; build it anew.") from error
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, map(plain, row), strict=True)) for row in result.fetchall()]


def plain(value: Any) -> Any:
    """A value as JSON holds it: stamps in ISO 8601, decimals exactly, as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
