"""Two dbt steps, one per gate: the star up to gate 1, the KPI marts and scorecards up to gate 2."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets

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
    severity = dg.AssetCheckSeverity.ERROR if node.severity == "critical" else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=node.succeeded,
        severity=severity,
        metadata={"failures": node.failures, "build_id": node.build_id},
    )


def build_dbt_step(step: DbtStep) -> dg.AssetsDefinition:
    """One dbt run over whole layers: a gate judges layers, so a step never builds a part of one."""
    settings = load_settings()

    @dbt_assets(
        name=step.name,
        manifest=ensure_manifest(settings),
        select=step.select,
        dagster_dbt_translator=LayerTranslator(),
        pool="warehouse",
    )
    def dbt_step(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        run_settings = warehouse.settings()
        with writer_lock(run_settings.warehouse, holder=f"run {context.run.run_id}"):
            nodes = run_step(run_settings, step, run_id=context.run.run_id, say=context.log.info)
        for spec in context.assets_def.specs:
            node = nodes.get(spec.metadata[UNIQUE_ID])
            if node and node.succeeded and spec.key in context.selected_asset_keys:
                yield asset_result(spec, node)
        for check in context.assets_def.check_specs:
            node = nodes.get((check.metadata or {})[UNIQUE_ID])
            if node and check.key in context.selected_asset_check_keys:
                yield check_result(check, node)

    return dbt_step


@dg.definitions
def dbt_steps() -> dg.Definitions:
    """The dbt steps of both gates."""
    return dg.Definitions(assets=[build_dbt_step(step) for step in DBT_STEPS])
