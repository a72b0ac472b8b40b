"""One dbt step of the pipeline: build whole layers, keep the tests' results for the gate, count the rows."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orchestration.quality.dbt_results import from_run_results
from orchestration.quality.results import write_results
from orchestration.quality.verdict import GateName
from orchestration.settings import Settings
from orchestration.warehouse.dbt_build import DbtFailed, DbtResults, ensure_manifest, run_dbt
from orchestration.warehouse.judge import leave_red_verdict, red_checks
from orchestration.warehouse.prepare import require_current_build
from orchestration.warehouse.row_counts import row_counts


@dataclass(frozen=True)
class DbtStep:
    """The folders that one dbt run builds, the name its results are kept under, and the gate before it."""

    name: str
    folders: tuple[str, ...]
    producer: str
    gate_before: GateName | None
    gate_after: GateName

    def builds(self, node: dict[str, Any]) -> bool:
        """Whether a node of the manifest is a model or seed of this step."""
        path = node["original_file_path"].removeprefix("models/")
        return node["resource_type"] in {"model", "seed"} and path.startswith(tuple(f"{f}/" for f in self.folders))


DBT_STEPS = (
    DbtStep("build_core", ("staging", "intermediate", "marts/core", "seeds"), "dbt_core", None, "core"),
    DbtStep("build_marts", ("marts/kpis", "marts/scorecards"), "dbt_marts", "core", "scorecards"),
)


@dataclass(frozen=True)
class NodeResult:
    """What dbt says of one model, seed or test of a build."""

    build_id: str
    succeeded: bool
    seconds: float
    blocks: bool = False
    failures: int = 0
    rows: int | None = None


def run_step(settings: Settings, step: DbtStep, *, run_id: str, say: Callable[[str], None]) -> dict[str, NodeResult]:
    """Run the step on the build file; the caller holds the writer lock. Returns results by dbt's unique id.

    Raises DbtFailed naming the models that failed, and GateRefused when the gate before has not passed.
    """
    build_id = require_current_build(settings, gate=step.gate_before)
    selection = [f"path:{'' if folder == 'seeds' else 'models/'}{folder}" for folder in step.folders]
    arguments = ["build", "--exclude-resource-type", "unit_test", "--indirect-selection", "buildable"]
    results = run_dbt(
        settings, [*arguments, "--select", *selection], settings.warehouse / "dbt" / step.producer, say
    )
    manifest = json.loads(ensure_manifest(settings).read_text(encoding="utf-8"))
    checks = from_run_results(results.run_results, manifest)
    write_results(settings.warehouse, build_id, step.producer, run_id, checks)
    if results.failed_models:
        raise DbtFailed(f"{len(results.failed_models)} models failed. First: {results.failed_models[0]}")
    red = red_checks(settings, checks)
    if red:
        leave_red_verdict(settings, step.gate_after, run_id=run_id)
    return node_results(settings, results, manifest, build_id, {check.check for check in red})


def node_results(
    settings: Settings, results: DbtResults, manifest: dict[str, Any], build_id: str, red: set[str]
) -> dict[str, NodeResult]:
    """Every node of a dbt run with its time, its outcome and, for relations, its rows; `red` names what blocks."""
    nodes = {item["unique_id"]: manifest["nodes"][item["unique_id"]] for item in results.run_results["results"]}
    built = {node["unique_id"]: (node["schema"], node["alias"]) for node in nodes.values() if _is_relation(node)}
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
