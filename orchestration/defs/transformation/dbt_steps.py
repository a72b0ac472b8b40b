"""Two dbt steps, one per gate: the star up to gate 1, the KPI marts and scorecards up to gate 2."""

import json
from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration.defs.resources import Warehouse
from orchestration.defs.transformation.translator import LayerTranslator
from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import ensure_manifest
from orchestration.warehouse.dbt_step import DBT_STEPS, DbtStep, NodeResult, run_step
from orchestration.warehouse.lock import writer_lock

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


def dbt_specs(step: DbtStep, manifest: dict[str, Any]) -> tuple[list[dg.AssetSpec], list[dg.AssetCheckSpec]]:
    """The assets and checks of one step, read from the manifest: dbt's own selection would import all of dbt."""
    translator = LayerTranslator()
    built = {key: node for key, node in manifest["nodes"].items() if step.builds(node)}
    specs = {key: translator.get_asset_spec(manifest, key, None) for key in built}
    checks = [
        translator.get_asset_check_spec(specs[node["attached_node"]], manifest, key, None)
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "test" and node.get("attached_node") in specs
    ]
    return list(specs.values()), [check for check in checks if check]


def build_dbt_step(step: DbtStep, manifest: dict[str, Any]) -> dg.AssetsDefinition:
    """One dbt run over whole layers: a gate judges layers, so a step never builds a part of one."""
    specs, checks = dbt_specs(step, manifest)
    built = {spec.metadata[UNIQUE_ID]: spec for spec in specs}
    tested = {(check.metadata or {})[UNIQUE_ID]: check for check in checks}

    @dg.multi_asset(name=step.name, specs=specs, check_specs=checks, pool="warehouse")
    def dbt_step(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        settings = warehouse.settings()
        with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
            nodes = run_step(settings, step, run_id=context.run.run_id, say=context.log.debug)
        for unique_id, node in nodes.items():
            if unique_id in built:
                yield asset_result(built[unique_id], node)
        for unique_id, node in nodes.items():
            if unique_id in tested:
                yield check_result(tested[unique_id], node)

    return dbt_step


@dg.definitions
def dbt_steps() -> dg.Definitions:
    """The dbt steps of both gates."""
    manifest = json.loads(ensure_manifest(load_settings()).read_text(encoding="utf-8"))
    return dg.Definitions(assets=[build_dbt_step(step, manifest) for step in DBT_STEPS])
