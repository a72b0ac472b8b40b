"""Two dbt steps, one per gate: the star up to gate 1, the KPI marts and scorecards up to gate 2."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import dagster as dg

from expectations import core_suites
from orchestration.defs.resources import Warehouse
from orchestration.defs.transformation.translator import LayerTranslator
from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import read_manifest
from orchestration.warehouse.dbt_step import NodeResult, build_stage
from orchestration.warehouse.lock import writer_lock
from orchestration.warehouse.stages import STAGES, Stage
from orchestration.warehouse.suite_runs import begin_suites, run_core_suite, wait_for_suites


def asset_result(spec: dg.AssetSpec, node: NodeResult) -> dg.MaterializeResult[None]:
    """What the asset page shows of one built model or seed."""
    metadata: dict[str, Any] = {"seconds": node.seconds, "build_id": node.build_id}
    if node.rows is not None:
        metadata["dagster/row_count"] = node.rows
    return dg.MaterializeResult(asset_key=spec.key, metadata=metadata)


def check_result(spec: dg.AssetCheckSpec, tests: dict[str, NodeResult | None]) -> dg.AssetCheckResult:
    """What the asset page shows of a table's dbt tests: what failed, with counts, never a value.

    A test without a result, None, has not passed: the gate will refuse the build for it.
    """
    told = {name: test for name, test in tests.items() if test}
    failed = {name: f"{test.failures} rows" for name, test in told.items() if not test.succeeded}
    failed |= {name: "no result" for name in tests if name not in told}
    blocks = any(test.blocks for test in told.values()) or len(told) < len(tests)
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
        description="; ".join(f"{name}: {reason}" for name, reason in failed.items()),
        metadata={"tests": len(tests), "failed_tests": len(failed)},
    )


def table_of(test: dict[str, Any], specs: dict[str, dg.AssetSpec]) -> str:
    """The table that a dbt test is attached to, or the first it reads that is built in this stage."""
    parents: list[str] = sorted(parent for parent in test["depends_on"]["nodes"] if parent in specs)
    return next((parent for parent in parents if parent == test.get("attached_node")), parents[0])


def check_spec(spec: dg.AssetSpec, tests: list[str]) -> dg.AssetCheckSpec:
    """All dbt tests of a table as one check: an event per test costs more than the test (decision 0005)."""
    names = ", ".join(sorted(test.split(".")[2] for test in tests))
    return dg.AssetCheckSpec("dbt_tests", asset=spec.key, description=f"dbt tests: {names}.", blocking=True)


def build_dbt_step(stage: Stage, manifest: dict[str, Any]) -> dg.AssetsDefinition:
    """One dbt run over whole layers: a gate judges layers, so a step never builds a part of one."""
    nodes, translator = manifest["nodes"], LayerTranslator()
    specs = {key: translator.get_asset_spec(manifest, key, None) for key in nodes if stage.builds(nodes[key])}
    tests: dict[str, list[str]] = defaultdict(list)
    for key, node in nodes.items():
        if stage.tests(node, nodes):
            tests[table_of(node, specs)].append(key)
    checks = {table: check_spec(specs[table], keys) for table, keys in tests.items()}

    @dg.multi_asset(
        name=stage.step, specs=[*specs.values()], check_specs=[*checks.values()], pool="warehouse"
    )
    def dbt_step(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        settings = warehouse.settings()
        with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
            built = build_stage(settings, stage, run_id=context.run.run_id, warn=context.log.warning)
            if stage.gate == "core":
                begin_suites(run_core_suite, settings, core_suites(), context.run.run_id)
            for unique_id, result in built.model_results().items():
                yield asset_result(specs[unique_id], result)
            tested = built.test_results()
            wait_for_suites(context.run.run_id)
        for table, check in checks.items():
            yield check_result(check, {nodes[key]["name"]: tested.get(key) for key in tests[table]})

    return dbt_step


@dg.definitions
def dbt_steps() -> dg.Definitions:
    """The dbt steps of both stages."""
    manifest = read_manifest(load_settings())
    return dg.Definitions(assets=[build_dbt_step(stage, manifest) for stage in STAGES.values()])
