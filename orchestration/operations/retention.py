"""Retention: what is past its days goes, after an audit line that names it; a plan changes nothing."""

import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pyarrow.parquet

from orchestration.operations.layout import ensure_layout
from orchestration.operations.old_files import (
    output_removals,
    record_removals,
    remove_empty_folders,
    superseded_removals,
)
from orchestration.operations.personal_data import (
    RAW,
    inbox_removals,
    kept_beyond_their_days,
    quarantine_removals,
    vault_removals,
)
from orchestration.operations.rules import Kind, Removal, Rules
from orchestration.publishing import audit
from orchestration.publishing.files import publishing_alone
from orchestration.publishing.serving import recover, retire_old_builds
from orchestration.settings import Settings
from orchestration.sources.contract import load_contracts
from orchestration.sources.files import put_in_place
from orchestration.sources.manifest import all_tables, read_deliveries
from orchestration.warehouse.lock import writer_lock

RETENTION_APPLIED = "retention_applied"
# Named one by one in the audit line; the rest is counted.
NAMED: tuple[Kind, ...] = ("vault", "quarantine", "superseded landing", "inbox")


def plan(settings: Settings, rules: Rules, now: datetime) -> list[Removal]:
    """Everything that is past its days, by kind; nothing is changed."""
    contracts = load_contracts(settings.contracts_dir)
    tables = {table.raw_name: table for table in all_tables(contracts)}
    deliveries = read_deliveries(settings.landing)
    return [
        *vault_removals(settings, tables, rules, now),
        *quarantine_removals(settings, tables, rules, now),
        *superseded_removals(settings, contracts, deliveries, rules, now),
        *inbox_removals(settings, deliveries, rules, now),
        *record_removals(settings, rules, now),
        *output_removals(settings, rules, now),
    ]


def notes(settings: Settings, now: datetime) -> list[str]:
    """What is past its days and stays, in words."""
    contracts = load_contracts(settings.contracts_dir)
    tables = {table.raw_name: table for table in all_tables(contracts)}
    return list(kept_beyond_their_days(settings, read_deliveries(settings.landing), tables, now))


def old_builds(settings: Settings, rules: Rules) -> list[str]:
    """Published builds beyond those that are kept, served longest ago."""
    lines = audit.read(settings.published)
    served = [line.build_id for line in reversed(lines) if line.kind in audit.SERVING_KINDS]
    kept = list(dict.fromkeys(served))[: max(rules.builds_kept, 1)]
    versions = settings.published / "versions"
    return sorted(path.name for path in versions.glob("*") if path.name not in kept)


def apply(settings: Settings, rules: Rules, now: datetime, wait_seconds: float = 600) -> list[Removal]:
    """Remove what the plan says, under the writer lock; returns it.

    The audit line is written first: what a crash leaves over is in the next plan. Raises
    WarehouseLockedError, LayoutError, PublicationError.
    """
    ensure_layout(settings)
    with (
        writer_lock(settings.warehouse, holder="retention", wait_seconds=wait_seconds),
        publishing_alone(settings.published),
    ):
        recover(settings, now)
        if audit.read(settings.published):
            retire_old_builds(settings, now, rules.builds_kept)
        removals = plan(settings, rules, now)
        if removals:
            _log(settings, rules, removals, now)
        for removal in removals:
            _remove(settings, removal)
    return removals


def _log(settings: Settings, rules: Rules, removals: list[Removal], now: datetime) -> None:
    served = audit.served_build(audit.read(settings.published)) or ""
    names = [_named(settings, removal) for removal in removals if removal.kind in NAMED]
    payload: dict[str, Any] = {"rules": asdict(rules), "counts": dict(_counts(removals)), "removed": names}
    key = settings.secret_key()
    audit.append(settings.published, key, kind=RETENTION_APPLIED, now=now, build_id=served, payload=payload)


def _named(settings: Settings, removal: Removal) -> str:
    name = removal.path.relative_to(settings.home).as_posix()
    return f"{name} ({', '.join(removal.columns)})" if removal.columns else name


def _counts(removals: list[Removal]) -> Iterator[tuple[str, int]]:
    for kind in dict.fromkeys(removal.kind for removal in removals):
        yield kind, sum(removal.kind == kind for removal in removals)


def _remove(settings: Settings, removal: Removal) -> None:
    if removal.columns:
        _remove_columns(removal)
        return
    removal.path.unlink(missing_ok=True)
    if removal.kind not in ("inbox", "superseded landing"):
        remove_empty_folders(removal.path.parent, settings.home)


def _remove_columns(removal: Removal) -> None:
    """Write a vault file anew without the pseudonyms and raw values of some columns; its age stays."""
    path = removal.path
    stamp = path.stat()
    gone = [name + suffix for name in removal.columns for suffix in ("", RAW)]
    table = pyarrow.parquet.read_table(path).drop_columns(gone)
    temporary = path.with_name(f".{path.name}.tmp")
    pyarrow.parquet.write_table(table, temporary, compression="zstd")
    os.utime(temporary, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    put_in_place(temporary, path)
