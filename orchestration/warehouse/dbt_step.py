"""One dbt step of the pipeline: build whole layers, keep the tests' results for the gate, count the rows."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from orchestration.crash_points import crash_point
from orchestration.governance.findings import with_findings
from orchestration.quality.dbt_results import from_run_results
from orchestration.quality.results import write_results
from orchestration.settings import Settings
from orchestration.warehouse.dbt_beside import DbtOutcome, begin_dbt, outcome_of
from orchestration.warehouse.dbt_build import DbtError, DbtResults, read_manifest
from orchestration.warehouse.identity import code_fingerprint
from orchestration.warehouse.increment import begin_models, complete, foundation
from orchestration.warehouse.judge import judged_tables, leave_red_verdict, red_checks
from orchestration.warehouse.prepare import require_current_build
from orchestration.warehouse.processes import wait_for
from orchestration.warehouse.row_counts import Relation
from orchestration.warehouse.stages import Stage
from orchestration.warehouse.tables_beside import begin_hashes, begin_row_counts, hashes_beside

# Models first, then tests: `dbt build` would skip whatever lies below a failed test, and hide the cause.
WITHOUT_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
DATA_TESTS = ("--resource-type", "test")
SELECTION = ("--indirect-selection", "buildable", "--select")


@dataclass(frozen=True)
class NodeResult:
    """What dbt says of one model, seed or test of a build."""

    build_id: str
    succeeded: bool
    seconds: float
    blocks: bool = False
    failures: int = 0
    rows: int | None = None


@dataclass(frozen=True)
class BuiltStage:
    """A stage whose models are built and whose tests run, while the caller tells of the models."""

    settings: Settings
    stage: Stage
    run_id: str
    build_id: str
    built: DbtResults
    rows: "Future[dict[Relation, int]]"
    tests: "Future[DbtOutcome]"
    warn: Callable[[str], None]

    def model_results(self) -> dict[str, NodeResult]:
        """Wait for the row counts; every model and seed by dbt's unique id."""
        return node_results(self.settings, self.built, self.build_id, wait_for(self.rows), set())

    def test_results(self) -> dict[str, NodeResult]:
        """Wait for the tests, keep their results for the gate; returns them by dbt's unique id."""
        crash_point("dbt: tests are running")
        tested = outcome_of(self.tests, self.warn)
        crash_point("dbt: tests are done")
        hashes_beside(self.stage.gate, self.build_id)  # done before the caller lets another writer in
        found = from_run_results(tested.run_results, read_manifest(self.settings))
        checks = with_findings(self.settings, found)
        write_results(self.settings.warehouse, self.build_id, self.stage.producer, self.run_id, checks)
        red = red_checks(self.settings, checks)
        if red:
            leave_red_verdict(self.settings, self.stage.gate, run_id=self.run_id)
        return node_results(self.settings, tested, self.build_id, {}, {check.check for check in red})


def build_stage(settings: Settings, stage: Stage, *, run_id: str, warn: Callable[[str], None]) -> BuiltStage:
    """Build the stage's models and begin its tests; the caller holds the writer lock until they have ended.

    With the tests begins what else reads the finished tables: row counts and the hashes for the gate.

    Raises DbtError naming the models that failed, and GateRefused when the gate before has not passed.
    """
    build_id = require_current_build(settings, gate=stage.gate_before)
    begin_models(settings, stage.gate)
    target = settings.warehouse / "dbt" / stage.producer
    building = begin_dbt(settings, ["build", *WITHOUT_TESTS, *SELECTION, *stage.selection], target)
    crash_point("dbt: models are being built")
    built = outcome_of(building, warn)
    crash_point("dbt: models are built")
    if built.failed_models:
        raise DbtError(f"{len(built.failed_models)} models failed. First: {built.failed_models[0]}")
    if stage.gate == "scorecards":
        complete(settings, foundation(settings, code_fingerprint()))
    # From here on nobody writes: tests, counts, hashes and suites read the file at the same time.
    manifest = read_manifest(settings)
    tests = begin_dbt(settings, ["test", *DATA_TESTS, *SELECTION, *stage.selection], target)
    counting = begin_row_counts(settings, counted_relations(built, manifest))
    begin_hashes(settings, stage.gate, build_id, judged_tables(stage, manifest))
    return BuiltStage(settings, stage, run_id, build_id, built, counting, tests, warn)


def counted_relations(results: DbtResults, manifest: dict[str, Any]) -> list[Relation]:
    """What a dbt run has built and can be counted at once: tables, and views of delivered rows.

    Another view would be worked out once more, for minutes at 5 million tickets; its rows show in the tables
    that it feeds.
    """
    nodes = [manifest["nodes"][item["unique_id"]] for item in results.run_results["results"]]
    return [
        (node["schema"], node["alias"])
        for node in nodes
        if node["config"]["materialized"] != "view" or node["schema"] == "staging"
    ]


def node_results(
    settings: Settings, results: DbtResults, build_id: str, rows: dict[Relation, int], red: set[str]
) -> dict[str, NodeResult]:
    """Every node of a dbt run: its time, outcome and, for relations, rows; `red` names what blocks."""
    nodes = read_manifest(settings)["nodes"]
    return {
        item["unique_id"]: NodeResult(
            build_id=build_id,
            succeeded=item["status"] in {"success", "pass"},
            seconds=round(item["execution_time"], 3),
            blocks=nodes[item["unique_id"]]["name"] in red,
            failures=item.get("failures") or 0,
            rows=rows.get((nodes[item["unique_id"]]["schema"], nodes[item["unique_id"]]["alias"])),
        )
        for item in results.run_results["results"]
    }
