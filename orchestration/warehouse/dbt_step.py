"""One dbt step of the pipeline: build whole layers, keep the tests' results for the gate, count the rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orchestration.quality.dbt_results import from_run_results
from orchestration.quality.results import write_results
from orchestration.settings import Settings
from orchestration.warehouse.dbt_build import DbtError, DbtResults, read_manifest, run_dbt_beside
from orchestration.warehouse.judge import leave_red_verdict, red_checks
from orchestration.warehouse.prepare import require_current_build
from orchestration.warehouse.row_counts import row_counts
from orchestration.warehouse.stages import Stage

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


def run_stage(
    settings: Settings, stage: Stage, *, run_id: str, warn: Callable[[str], None]
) -> dict[str, NodeResult]:
    """Run the stage on the build file; the caller holds the writer lock. Returns results by dbt's unique id.

    Raises DbtError naming the models that failed, and GateRefused when the gate before has not passed.
    """
    build_id = require_current_build(settings, gate=stage.gate_before)
    target = settings.warehouse / "dbt" / stage.producer
    built = run_dbt_beside(settings, ["build", *WITHOUT_TESTS, *SELECTION, *stage.selection], target, warn)
    if built.failed_models:
        raise DbtError(f"{len(built.failed_models)} models failed. First: {built.failed_models[0]}")
    tested = run_dbt_beside(settings, ["test", *DATA_TESTS, *SELECTION, *stage.selection], target, warn)
    results = DbtResults({"results": [*built.run_results["results"], *tested.run_results["results"]]})
    manifest = read_manifest(settings)
    checks = from_run_results(results.run_results, manifest)
    write_results(settings.warehouse, build_id, stage.producer, run_id, checks)
    red = red_checks(settings, checks)
    if red:
        leave_red_verdict(settings, stage.gate, run_id=run_id)
    return node_results(settings, results, manifest, build_id, {check.check for check in red})


def node_results(
    settings: Settings, results: DbtResults, manifest: dict[str, Any], build_id: str, red: set[str]
) -> dict[str, NodeResult]:
    """Every node of a dbt run: its time, outcome and, for relations, rows; `red` names what blocks."""
    nodes = {
        item["unique_id"]: manifest["nodes"][item["unique_id"]] for item in results.run_results["results"]
    }
    built = {
        node["unique_id"]: (node["schema"], node["alias"]) for node in nodes.values() if _is_relation(node)
    }
    rows = row_counts(settings.build_file, list(built.values()))
    return {
        item["unique_id"]: NodeResult(
            build_id=build_id,
            succeeded=item["status"] in {"success", "pass"},
            seconds=round(item["execution_time"], 3),
            blocks=nodes[item["unique_id"]]["name"] in red,
            failures=item.get("failures") or 0,
            rows=rows.get(built.get(item["unique_id"], ("", ""))),
        )
        for item in results.run_results["results"]
    }


def _is_relation(node: dict[str, Any]) -> bool:
    return node["resource_type"] in {"model", "seed"}
