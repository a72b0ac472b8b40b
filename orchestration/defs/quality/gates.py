"""The gates as assets: a verdict stands between core and kpis, and between scorecards and publication."""

from datetime import UTC, datetime
from typing import Any

import dagster as dg

from orchestration.defs.resources import Warehouse
from orchestration.quality.verdict import GateRefused
from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import read_manifest
from orchestration.warehouse.judge import judge_build, judged_tables
from orchestration.warehouse.lock import writer_lock
from orchestration.warehouse.stages import STAGES, Stage

DESCRIPTIONS = {
    "core": "One verdict per build: may the KPI marts read the star? With the hashes of its tables.",
    "scorecards": "One verdict per build: may the marts be published? With the hashes of their tables.",
}


def build_gate(stage: Stage, manifest: dict[str, Any]) -> dg.AssetsDefinition:
    """The step that judges a build and leaves the durable verdict."""

    @dg.asset(
        name=f"{stage.gate}_verdict",
        group_name=stage.gate,
        description=DESCRIPTIONS[stage.gate],
        kinds={"gate"},
        owners=["team:data-quality"],
        deps=[dg.AssetKey(table.split(".")) for table in judged_tables(stage, manifest)],
        pool="warehouse",
    )
    def verdict(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
        settings = warehouse.settings()
        with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
            try:
                judged = judge_build(
                    settings, stage.gate, run_id=context.run.run_id, judged_at=datetime.now(UTC)
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
    manifest = read_manifest(load_settings())
    return dg.Definitions(assets=[build_gate(stage, manifest) for stage in STAGES.values()])
