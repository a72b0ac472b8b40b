"""The two gates: which tables they judge, which checks they expect, and the verdict they leave behind."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from expectations import core_suites
from orchestration.quality.dbt_results import expected_tests, relations
from orchestration.quality.gate import ExpectedCheck, judge
from orchestration.quality.results import CheckResult, read_results
from orchestration.quality.suite import expected_checks
from orchestration.quality.verdict import GateName, GateRefused, Verdict, write
from orchestration.quality.waivers import judge_waivers, read_waivers
from orchestration.settings import Settings
from orchestration.warehouse.dbt_build import ensure_manifest
from orchestration.warehouse.prepare import require_current_build

AS_OF = "select cast(as_of as date) from raw.run_parameters"


@dataclass(frozen=True)
class Gate:
    """A gate, the folders of dbt models whose tables it judges, and those that were judged before."""

    name: GateName
    schemas: tuple[str, ...]
    folders: tuple[str, ...]
    earlier: tuple[str, ...]
    dbt_producer: str
    before: GateName | None


GATES: dict[GateName, Gate] = {
    "core": Gate("core", ("core",), ("staging", "intermediate", "marts/core", "seeds"), (), "dbt_core", None),
    "scorecards": Gate(
        "scorecards",
        ("kpis", "scorecards"),
        ("marts/kpis", "marts/scorecards"),
        ("marts/core", "seeds"),
        "dbt_marts",
        "core",
    ),
}


def expected_of(gate: Gate, manifest: dict[str, Any]) -> set[ExpectedCheck]:
    """(producer, table, check) of every check that must have spoken before this gate opens."""
    expected = {(gate.dbt_producer, *check) for check in expected_tests(manifest, gate.folders, gate.earlier)}
    return expected | (expected_checks(core_suites(), "core") if gate.name == "core" else set())


def judge_build(settings: Settings, gate_name: GateName, *, run_id: str, judged_at: datetime) -> Verdict:
    """Judge the build in the build file and keep the verdict; the caller holds the writer lock.

    Raises GateRefused with the verdict's reason when it is red.
    """
    gate = GATES[gate_name]
    build_id = require_current_build(settings, gate=gate.before)
    manifest = json.loads(ensure_manifest(settings).read_text(encoding="utf-8"))
    expected = expected_of(gate, manifest)
    producers = sorted({producer for producer, _, _ in expected})
    results = [read_results(settings.warehouse, build_id, producer) for producer in producers]
    with duckdb.connect(str(settings.build_file), read_only=True) as connection:
        (as_of,) = _one_row(connection, AS_OF)
        verdict = judge(
            gate.name,
            build_id=build_id,
            run_id=run_id,
            connection=connection,
            tables=list(relations(manifest, gate.folders)),
            expected=expected,
            results=[item for item in results if item is not None],
            waivers=read_waivers(connection),
            as_of=as_of,
            judged_at=judged_at,
        )
    write(settings.warehouse, verdict)
    if not verdict.passed:
        raise GateRefused(verdict.reason)
    return verdict


def red_checks(settings: Settings, results: Iterable[CheckResult]) -> list[CheckResult]:
    """The results that no gate lets pass: critical failures without a waiver that holds, missing answers."""
    listed = list(results)
    failed = {
        (item.table, item.check) for item in listed if item.status == "failed" and item.severity == "critical"
    }
    with duckdb.connect(str(settings.build_file), read_only=True) as connection:
        (as_of,) = _one_row(connection, AS_OF)
        judged = judge_waivers(read_waivers(connection), failed, as_of)
    held = {(item.waiver.table_name, item.waiver.check_name) for item in judged if item.state == "used"}
    silent = ("crashed", "skipped")
    return [item for item in listed if item.status in silent or (item.table, item.check) in failed - held]


def leave_red_verdict(settings: Settings, gate_name: GateName, *, run_id: str) -> None:
    """Keep the red verdict of a run that will not reach its gate: a failed check blocks the later steps."""
    with suppress(GateRefused):
        judge_build(settings, gate_name, run_id=run_id, judged_at=datetime.now(UTC))


def _one_row(connection: duckdb.DuckDBPyConnection, query: str) -> Iterable[Any]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row
