"""Two dbt steps, one per gate: the star up to gate 1, the KPI marts and scorecards up to gate 2."""

import json
from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration.defs.resources import Warehouse
from orchestration.defs.transformation.translator import LayerTranslator
from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import ensure_manifest
from orchestration.warehouse.dbt_step import NodeResult, run_stage
from orchestration.warehouse.lock import writer_lock
from orchestration.warehouse.stages import STAGES, Stage

UNIQUE_ID = "dagster_dbt/unique_id"


def asset_result(spec: dg.AssetSpec, node: NodeResult) -> dg.MaterializeResult[None]:
    """What the asset page shows of one built model or seed."""
    metadata: dict[str, Any] = {"seconds": node.seconds, "build_id": node.build_id}
    if node.rows is not None:
        metadata["dagster/row_count"] = node.rows
    return dg.MaterializeResult(asset_key=spec.key, metadata=metadata)


def check_result(spec: dg.AssetCheckSpec, node: NodeResult) -> dg.AssetCheckResult:
    """What the asset page shows of one dbt test."""
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=node.succeeded,
        severity=dg.AssetCheckSeverity.ERROR if node.blocks else dg.AssetCheckSeverity.WARN,
        metadata={"failures": node.failures, "build_id": node.build_id},
    )


def check_spec(test: dict[str, Any], specs: dict[str, dg.AssetSpec]) -> dg.AssetCheckSpec:
    """A dbt test as a check of the table it is attached to, or of the first it reads that is built here."""
    parents = sorted(parent for parent in test["depends_on"]["nodes"] if parent in specs)
    attached = next((parent for parent in parents if parent == test.get("attached_node")), parents[0])
    return dg.AssetCheckSpec(
        test["name"],
        asset=specs[attached].key,
        description=test["description"] or test["name"].replace("_", " "),
        blocking=test["config"]["severity"].lower() == "error",
        metadata={UNIQUE_ID: test["unique_id"]},
    )


def dbt_specs(stage: Stage, manifest: dict[str, Any]) -> tuple[list[dg.AssetSpec], list[dg.AssetCheckSpec]]:
    """The assets and checks of one stage, from the manifest: dbt's own selection would import all of dbt."""
    translator = LayerTranslator()
    nodes = manifest["nodes"]
    specs = {key: translator.get_asset_spec(manifest, key, None) for key in nodes if stage.builds(nodes[key])}
    checks = [check_spec(node, specs) for node in nodes.values() if stage.tests(node, nodes)]
    return list(specs.values()), checks


def build_dbt_step(stage: Stage, manifest: dict[str, Any]) -> dg.AssetsDefinition:
    """One dbt run over whole layers: a gate judges layers, so a step never builds a part of one."""
    specs, checks = dbt_specs(stage, manifest)
    built = {str(spec.metadata[UNIQUE_ID]): spec for spec in specs}
    tested = {str((check.metadata or {})[UNIQUE_ID]): check for check in checks}

    @dg.multi_asset(name=stage.step, specs=specs, check_specs=checks, pool="warehouse")
    def dbt_step(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        settings = warehouse.settings()
        with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
            nodes = run_stage(settings, stage, run_id=context.run.run_id, warn=context.log.warning)
        for unique_id, node in nodes.items():
            if unique_id in built:
                yield asset_result(built[unique_id], node)
        for unique_id, node in nodes.items():
            if unique_id in tested:
                yield check_result(tested[unique_id], node)

    return dbt_step


@dg.definitions
def dbt_steps() -> dg.Definitions:
    """The dbt steps of both stages."""
    manifest = json.loads(ensure_manifest(load_settings()).read_text(encoding="utf-8"))
    return dg.Definitions(assets=[build_dbt_step(stage, manifest) for stage in STAGES.values()])
