"""The two gates: which tables they judge, which checks they expect, and the verdict they leave behind."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import duckdb

from expectations import core_suites
from orchestration.crash_points import crash_point
from orchestration.publishing.tables import opened
from orchestration.quality.dbt_results import expected_tests, relations
from orchestration.quality.gate import ExpectedCheck, blocks, failed_places, held_places, judge
from orchestration.quality.results import CheckResult, read_results
from orchestration.quality.suite import expected_checks
from orchestration.quality.verdict import GateName, GateRefused, Verdict, write
from orchestration.quality.waivers import judge_waivers, read_waivers
from orchestration.settings import Settings
from orchestration.warehouse.dbt_build import read_manifest
from orchestration.warehouse.prepare import require_current_build
from orchestration.warehouse.stages import STAGES, Stage
from orchestration.warehouse.tables_beside import hashes_beside

AS_OF = "select cast(as_of as date) from raw.run_parameters"


def expected_of(stage: Stage, manifest: dict[str, Any]) -> set[ExpectedCheck]:
    """(producer, table, check) of every check that must have spoken before the stage's gate opens."""
    expected = {(stage.producer, *check) for check in expected_tests(manifest, stage.folders, stage.earlier)}
    return expected | (expected_checks(core_suites(), "core") if stage.gate == "core" else set())


def judged_tables(stage: Stage, manifest: dict[str, Any]) -> list[str]:
    """`<schema>.<table>` of every table that the stage's gate judges: what readers get."""
    tables = relations(manifest, stage.folders)
    return [table for table in tables if table.partition(".")[0] in stage.schemas]


def judge_build(settings: Settings, gate_name: GateName, *, run_id: str, judged_at: datetime) -> Verdict:
    """Judge the build in the build file and keep the verdict; the caller holds the writer lock.

    Raises GateRefused with the verdict's reason when it is red.
    """
    stage = STAGES[gate_name]
    build_id = require_current_build(settings, gate=None)
    manifest = read_manifest(settings)
    expected = expected_of(stage, manifest)
    producers = sorted({producer for producer, _, _ in expected})
    results = [read_results(settings.warehouse, build_id, producer) for producer in producers]
    with opened(settings.build_file, settings) as connection:
        (as_of,) = _one_row(connection, AS_OF)
        verdict = judge(
            gate_name,
            build_id=build_id,
            run_id=run_id,
            connection=connection,
            tables=judged_tables(stage, manifest),
            expected=expected,
            results=[item for item in results if item is not None],
            waivers=read_waivers(connection),
            as_of=as_of,
            judged_at=judged_at,
            hashed=hashes_beside(gate_name, build_id),
        )
    crash_point("gate: before the verdict")
    write(settings.warehouse, verdict)
    crash_point("gate: after the verdict")
    if not verdict.passed:
        raise GateRefused(verdict.reason)
    return verdict


def red_checks(settings: Settings, results: Iterable[CheckResult]) -> list[CheckResult]:
    """The results that no gate lets pass."""
    listed = list(results)
    with opened(settings.build_file, settings) as connection:
        (as_of,) = _one_row(connection, AS_OF)
        held = held_places(judge_waivers(read_waivers(connection), failed_places(listed), as_of))
    return [item for item in listed if blocks(item, held)]


def leave_red_verdict(settings: Settings, gate_name: GateName, *, run_id: str) -> None:
    """Keep the red verdict of a run that will not reach its gate: a failed check blocks the later steps."""
    with suppress(GateRefused):
        judge_build(settings, gate_name, run_id=run_id, judged_at=datetime.now(UTC))


def _one_row(connection: duckdb.DuckDBPyConnection, query: str) -> Iterable[Any]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row
