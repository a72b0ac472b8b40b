"""One dbt step of the pipeline: build whole layers, keep the tests' results for the gate, count the rows."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orchestration.quality.dbt_results import from_run_results
from orchestration.quality.results import Severity, write_results
from orchestration.settings import Settings
from orchestration.warehouse.dbt_build import DbtFailed, DbtResults, ensure_manifest, run_dbt
from orchestration.warehouse.prepare import require_current_build
from orchestration.warehouse.row_counts import row_counts


@dataclass(frozen=True)
class DbtStep:
    """A dbt selection, the name its results are kept under, and the gate that must have passed before it."""

    name: str
    select: str
    producer: str
    gate_before: str | None


DBT_STEPS = (
    DbtStep(
        "build_core",
        "path:models/staging path:models/intermediate path:models/marts/core path:seeds",
        "dbt_core",
        None,
    ),
    DbtStep("build_marts", "path:models/marts/kpis path:models/marts/scorecards", "dbt_marts", "core"),
)


@dataclass(frozen=True)
class NodeResult:
    """What dbt says of one model, seed or test of a build."""

    build_id: str
    succeeded: bool
    seconds: float
    severity: Severity = "critical"
    failures: int = 0
    rows: int | None = None


def run_step(settings: Settings, step: DbtStep, *, run_id: str, say: Callable[[str], None]) -> dict[str, NodeResult]:
    """Run the step on the build file; the caller holds the writer lock. Returns results by dbt's unique id.

    Raises DbtFailed naming the models that failed, and GateRefused when the gate before has not passed.
    """
    build_id = require_current_build(settings, gate=step.gate_before)
    arguments = ["build", "--indirect-selection", "cautious" if step.gate_before is None else "eager"]
    arguments += ["--exclude-resource-type", "unit_test", "--select", *step.select.split()]
    results = run_dbt(settings, arguments, settings.warehouse / "dbt" / step.producer, say)
    manifest = json.loads(ensure_manifest(settings).read_text(encoding="utf-8"))
    checks = from_run_results(results.run_results, manifest)
    write_results(settings.warehouse, build_id, step.producer, run_id, checks)
    if results.failed_models:
        raise DbtFailed(f"{len(results.failed_models)} models failed. First: {results.failed_models[0]}")
    return node_results(settings, results, manifest, build_id)


def node_results(
    settings: Settings, results: DbtResults, manifest: dict[str, Any], build_id: str
) -> dict[str, NodeResult]:
    """Every node of a dbt run with its time, its outcome and, for relations, its rows."""
    nodes = {item["unique_id"]: manifest["nodes"][item["unique_id"]] for item in results.run_results["results"]}
    relations = [(node["schema"], node.get("alias") or node["name"]) for node in nodes.values() if _is_relation(node)]
    rows = row_counts(settings.build_file, relations)
    return {
        item["unique_id"]: NodeResult(
            build_id=build_id,
            succeeded=item["status"] in {"success", "pass"},
            seconds=round(item["execution_time"], 3),
            severity=_severity(nodes[item["unique_id"]]),
            failures=item.get("failures") or 0,
            rows=rows.get((nodes[item["unique_id"]]["schema"], nodes[item["unique_id"]]["alias"])),
        )
        for item in results.run_results["results"]
    }


def _is_relation(node: dict[str, Any]) -> bool:
    return node["resource_type"] in {"model", "seed"}


def _severity(node: dict[str, Any]) -> Severity:
    severity = str(node.get("config", {}).get("severity") or "error").lower()
    return "critical" if severity == "error" else "warning"
