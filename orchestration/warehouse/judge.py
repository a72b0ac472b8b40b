"""The two gates: which tables they judge, which checks they expect, and the verdict they leave behind."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import duckdb

from expectations import core_suites
from orchestration.quality.dbt_results import expected_tests
from orchestration.quality.gate import judge
from orchestration.quality.results import ResultFile, read_results
from orchestration.quality.suite import expected_checks
from orchestration.quality.verdict import GateRefused, Verdict, write
from orchestration.settings import Settings
from orchestration.warehouse.dbt_build import ensure_manifest
from orchestration.warehouse.prepare import require_current_build

Expected = set[tuple[str, str, str]]


@dataclass(frozen=True)
class Gate:
    """A gate's name, the schemas whose tables it judges, and the producers whose checks it expects."""

    name: Literal["core", "scorecards"]
    schemas: tuple[str, ...]
    dbt_producer: str
    dbt_folders: tuple[str, ...]
    before: str | None


GATES = {
    "core": Gate("core", ("core",), "dbt_core", ("staging", "intermediate", "marts/core"), None),
    "scorecards": Gate("scorecards", ("kpis", "scorecards"), "dbt_marts", ("marts/kpis", "marts/scorecards"), "core"),
}


def expected_of(settings: Settings, gate: Gate) -> Expected:
    """(producer, table, check) of every check that must have spoken before this gate opens."""
    manifest = json.loads(ensure_manifest(settings).read_text(encoding="utf-8"))
    expected = {(gate.dbt_producer, *check) for check in expected_tests(manifest, gate.dbt_folders)}
    return expected | (expected_checks(core_suites(), "core") if gate.name == "core" else set())


def judge_build(settings: Settings, gate_name: str, *, run_id: str, judged_at: datetime) -> Verdict:
    """Judge the build in the build file and keep the verdict; the caller holds the writer lock.

    Raises GateRefused with the verdict's reason when it is red.
    """
    gate = GATES[gate_name]
    build_id = require_current_build(settings, gate=gate.before)
    producers = {producer for producer, _, _ in expected_of(settings, gate)}
    found = [read_results(settings.warehouse, build_id, producer) for producer in sorted(producers)]
    results: list[ResultFile] = [item for item in found if item is not None]
    with duckdb.connect(str(settings.build_file), read_only=True) as connection:
        verdict = judge(
            gate.name,
            build_id=build_id,
            run_id=run_id,
            connection=connection,
            tables=judged_tables(connection, gate),
            expected=expected_of(settings, gate),
            results=results,
            judged_at=judged_at,
        )
    write(settings.warehouse, verdict)
    if not verdict.passed:
        raise GateRefused(verdict.reason)
    return verdict


def judged_tables(connection: duckdb.DuckDBPyConnection, gate: Gate) -> list[tuple[str, str]]:
    """Every (schema, table) of the gate's schemas."""
    return connection.execute(
        "select table_schema, table_name from information_schema.tables "
        "where list_contains(?, table_schema) order by all",
        [list(gate.schemas)],
    ).fetchall()
