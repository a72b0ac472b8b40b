"""The durable verdict of a gate, bound to a build and to the hashes of its tables; readers require it."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb

from orchestration.quality.files import StoredFileError, read_json, write_json
from orchestration.quality.hashing import MissingTableError, quick_mark, table_hash
from orchestration.quality.results import CheckResult
from orchestration.quality.waivers import JudgedWaiver, Waiver

GateName = Literal["core", "scorecards"]


class GateRefused(RuntimeError):  # noqa: N818 - a refusal is the answer, not an accident
    """A gate does not let these tables through; the message says why in one sentence."""


@dataclass(frozen=True)
class JudgedTable:
    """A table as it was when the gate judged it; `mark` is its `quick_mark`, empty when it is not known."""

    table: str
    rows: int
    hash: str
    mark: str = ""


@dataclass(frozen=True)
class JudgedCheck:
    """A check's result with the producer that ran it."""

    producer: str
    result: CheckResult


@dataclass(frozen=True)
class Verdict:
    """What a gate decided, on what evidence; `warnings` are `<table>: <check>` of failed warning checks."""

    gate: GateName
    build_id: str
    run_id: str
    judged_at: datetime
    passed: bool
    reason: str
    tables: tuple[JudgedTable, ...]
    checks: tuple[JudgedCheck, ...]
    warnings: tuple[str, ...]
    waivers: tuple[JudgedWaiver, ...]


def verdict_path(warehouse_dir: Path, gate: GateName, build_id: str) -> Path:
    """Where the verdict of a gate about a build lies."""
    return warehouse_dir / "verdicts" / build_id / f"{gate}.json"


def write(warehouse_dir: Path, verdict: Verdict) -> Path:
    """Keep the verdict, atomically and durably, in place of an earlier one of the same gate and build."""
    path = verdict_path(warehouse_dir, verdict.gate, verdict.build_id)
    write_json(path, asdict(verdict))
    return path


def read(warehouse_dir: Path, gate: GateName, build_id: str) -> Verdict | None:
    """The verdict of a gate about a build, None if there is none; raises StoredFileError if it is damaged."""
    path = verdict_path(warehouse_dir, gate, build_id)
    return read_json(path, _parse) if path.exists() else None


def require(
    warehouse_dir: Path,
    gate: GateName,
    build_id: str,
    connection: duckdb.DuckDBPyConnection,
    tables: Collection[str] = (),
) -> Verdict:
    """The passing verdict of a gate, if every table in `connection` still is as it was judged.

    `connection` is open on the build file or on a copy of it. `tables` are those that the caller is about to
    use or publish, `<schema>.<table>`: each must have been judged. Raises GateRefused.
    """
    try:
        verdict = read(warehouse_dir, gate, build_id)
    except StoredFileError as error:
        raise GateRefused(f"The verdict of gate {gate} cannot be trusted: {error}") from error
    if verdict is None:
        raise GateRefused(f"Gate {gate} has no verdict on build {build_id}; run the gate first.")
    if (verdict.gate, verdict.build_id) != (gate, build_id):
        raise GateRefused(
            f"The verdict kept for gate {gate} of build {build_id} is about another gate or build."
        )
    if not verdict.passed:
        raise GateRefused(f"Gate {gate} is red for build {build_id}: {verdict.reason}")
    if unjudged := sorted(set(tables) - {judged.table for judged in verdict.tables}):
        raise GateRefused(f"Gate {gate} never judged {unjudged[0]} of build {build_id}; run the gate again.")
    for judged in verdict.tables:
        _require_unchanged(connection, gate, judged)
    return verdict


def _require_unchanged(connection: duckdb.DuckDBPyConnection, gate: GateName, judged: JudgedTable) -> None:
    schema, _, table = judged.table.partition(".")
    try:
        if judged.mark == quick_mark(connection, schema, table):
            return
        found = table_hash(connection, schema, table)
    except MissingTableError as error:
        raise GateRefused(f"{judged.table} is missing, though gate {gate} judged it.") from error
    if (found.rows, found.hash) != (judged.rows, judged.hash):
        raise GateRefused(
            f"{judged.table} has changed since gate {gate} judged it:"
            f" {judged.rows} rows then, {found.rows} rows now."
        )


def _parse(payload: dict[str, Any]) -> Verdict:
    gate = payload["gate"]
    if gate not in get_args(GateName) or not isinstance(payload["passed"], bool):
        raise TypeError("not a verdict")
    return Verdict(
        gate=gate,
        build_id=str(payload["build_id"]),
        run_id=str(payload["run_id"]),
        judged_at=datetime.fromisoformat(payload["judged_at"]),
        passed=payload["passed"],
        reason=str(payload["reason"]),
        tables=tuple(JudgedTable(**table) for table in payload["tables"]),
        checks=tuple(JudgedCheck(c["producer"], CheckResult(**c["result"])) for c in payload["checks"]),
        warnings=tuple(payload["warnings"]),
        waivers=tuple(JudgedWaiver(_parse_waiver(w["waiver"]), w["state"]) for w in payload["waivers"]),
    )


def _parse_waiver(payload: dict[str, Any]) -> Waiver:
    dates = {
        name: date.fromisoformat(payload[name]) if payload[name] else None
        for name in ("approved_on", "valid_until")
    }
    return Waiver(**(payload | dates))
