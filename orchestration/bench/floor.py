"""The floor: the SQL of all models, as dbt has compiled it, run by the engine alone in one process.

`python -m orchestration.bench.floor` runs it on what has landed in WAREHOUSE_HOME, in a home beside it that
is removed afterwards, and prints the seconds per layer as JSON. No tests, contracts, comments or events.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import Settings, load_settings
from orchestration.warehouse.dbt_build import read_manifest, run_dbt
from orchestration.warehouse.prepare import prepare_build


def in_order(nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """The models, each after those that it reads."""
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    reads = {key: set(node["depends_on"]["nodes"]) & set(models) for key, node in models.items()}
    return [models[key] for key in TopologicalSorter(reads).static_order()]


def compile_models(settings: Settings, target: Path) -> None:
    """Have dbt build the seeds and write the SQL of all models."""
    run_dbt(settings, ["seed"], target, _warn)
    run_dbt(settings, ["compile", "--select", "resource_type:model"], target, _warn)


def run_models(settings: Settings, target: Path) -> dict[str, float]:
    """Seconds per layer of the tree (`staging`, `intermediate`, `core`, ...)."""
    seconds: dict[str, float] = defaultdict(float)
    with duckdb.connect(str(settings.build_file)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for node in in_order(read_manifest(settings)["nodes"]):
            sql = (target / "compiled" / node["package_name"] / node["original_file_path"]).read_text("utf-8")
            started = time.monotonic()
            connection.execute(f"create schema if not exists {node['schema']}")
            connection.execute(
                f"create {node['config']['materialized']} {node['schema']}.{node['alias']} as {sql}"
            )
            seconds[_layer(node)] += time.monotonic() - started
    return {layer: round(spent, 2) for layer, spent in seconds.items()}


def _warn(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _layer(node: dict[str, Any]) -> str:
    folders = Path(node["original_file_path"]).parts
    return folders[2] if folders[1] == "marts" else folders[1]


def floor_of(settings: Settings) -> dict[str, float]:
    """Seconds per layer for what has landed in the home."""
    with tempfile.TemporaryDirectory(dir=settings.home) as beside:
        # The landing is the home's own; only the build is another.
        (Path(beside) / "warehouse").mkdir()
        for shared in ("landing", "quarantine", "secrets"):
            (Path(beside) / shared).symlink_to(settings.home / shared)
        floor = replace(settings, home=Path(beside))
        prepare_build(floor)
        target = floor.warehouse / "dbt"
        compile_models(floor, target)
        return run_models(floor, target)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(floor_of(load_settings())) + "\n")
