"""The gates as assets: a verdict stands between core and kpis, and between scorecards and publication."""

import json
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from orchestration.defs.resources import Warehouse
from orchestration.quality.verdict import GateRefused
from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import ensure_manifest
from orchestration.warehouse.judge import GATES, Gate, judge_build
from orchestration.warehouse.lock import writer_lock

DESCRIPTIONS = {
    "core": "One verdict per build: may the KPI marts read the star? With the hashes of its tables.",
    "scorecards": "One verdict per build: may the marts be published? With the hashes of their tables.",
}


def judged_assets(manifest_path: Path, gate: Gate) -> list[dg.AssetKey]:
    """The asset keys of the tables that a gate judges."""
    nodes = json.loads(manifest_path.read_text(encoding="utf-8"))["nodes"].values()
    return [
        dg.AssetKey([node["schema"], node["name"]])
        for node in nodes
        if node["resource_type"] == "model" and node["schema"] in gate.schemas
    ]


def build_gate(gate: Gate) -> dg.AssetsDefinition:
    """The step that judges a build and leaves the durable verdict."""

    @dg.asset(
        name=f"{gate.name}_verdict",
        group_name=gate.name,
        description=DESCRIPTIONS[gate.name],
        kinds={"gate"},
        owners=["team:data-quality"],
        deps=judged_assets(ensure_manifest(load_settings()), gate),
        pool="warehouse",
    )
    def verdict(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
        settings = warehouse.settings()
        with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
            try:
                judged = judge_build(
                    settings, gate.name, run_id=context.run.run_id, judged_at=datetime.now(UTC)
                )
            except GateRefused as refusal:
                raise dg.Failure(str(refusal)) from refusal
        return dg.MaterializeResult(
            metadata={
                "build_id": judged.build_id,
                "reason": judged.reason,
                "tables": len(judged.tables),
                "checks": len(judged.checks),
                "warnings": len(judged.warnings),
                "dagster/row_count": len(judged.tables),
            }
        )

    return verdict


@dg.definitions
def gates() -> dg.Definitions:
    """Both gates."""
    return dg.Definitions(assets=[build_gate(gate) for gate in GATES.values()])
