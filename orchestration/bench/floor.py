"""The floor: the SQL of all models and tests, as dbt has compiled it, run by the engine alone in one process.

`python -m orchestration.bench.floor` runs what the last job compiled on what has landed in WAREHOUSE_HOME, in
a home beside it that is removed afterwards, and prints the seconds per layer, and of the tests, as JSON. No
landing, suites, contracts, comments, events or publication. The SQL is the job's own: dbt looks at the
relations of a build while it compiles.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from orchestration.bench.measured import BenchError
from orchestration.publishing.tables import list_tables
from orchestration.settings import Settings, load_settings
from orchestration.warehouse.build_files import opened_build
from orchestration.warehouse.dbt_build import read_manifest, run_dbt
from orchestration.warehouse.prepare import prepare_build
from orchestration.warehouse.stages import STAGES


def in_order(nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """The models, each after those that it reads."""
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    reads = {key: set(node["depends_on"]["nodes"]) & set(models) for key, node in models.items()}
    return [models[key] for key in TopologicalSorter(reads).static_order()]


def run_sql(settings: Settings, compiled: Sequence[Path]) -> dict[str, float]:
    """Seconds per layer of the tree (`staging`, `intermediate`, `core`, ...), and those of the `tests`.

    Raises BenchError for a model or test that was not compiled.
    """
    seconds: dict[str, float] = defaultdict(float)
    nodes = read_manifest(settings)["nodes"]
    tests = [node for node in nodes.values() if node["resource_type"] == "test"]
    with opened_build(settings, read_only=False) as connection:
        for node in [*in_order(nodes), *tests]:
            sql = _sql_of(node, compiled)
            started = time.monotonic()
            for statement in _statements(node, sql):
                connection.execute(statement).fetchall()
            seconds[_layer(node)] += time.monotonic() - started
    return {layer: round(spent, 2) for layer, spent in seconds.items()}


def _sql_of(node: dict[str, Any], compiled: Sequence[Path]) -> str:
    place, file = Path(node["original_file_path"]), Path(node["path"])
    if place.name != file.name:  # a test that a YAML file asks for
        place /= file
    for target in compiled:
        path = target / "compiled" / node["package_name"] / place
        if path.exists():
            sql: str = path.read_text(encoding="utf-8")
            return sql
    raise BenchError(f"{node['name']} was not compiled by a job yet: run refresh_warehouse first.")


def _statements(node: dict[str, Any], sql: str) -> Iterator[str]:
    """What is run for a node: rows that a test finds are counted, a table may be made in pieces."""
    if node["resource_type"] == "test":
        yield f"select count(*) from ({sql}) as found"
        return
    schema = f"{node['database']}.{node['schema']}"
    yield f"create schema if not exists {schema}"
    kind = "view" if node["config"]["materialized"] == "view" else "table"
    first, *further = _pieces(node, sql)
    yield f"create {kind} {schema}.{node['alias']} as {first}"
    for piece in further:
        yield f"insert into {schema}.{node['alias']} by name {piece}"


def _pieces(node: dict[str, Any], sql: str) -> list[str]:
    """The statements' queries: one, or one per slice (`by_slice` in `macros/materializations.sql`)."""
    pieces = [sql]
    if node["config"]["materialized"] == "by_slice":
        for column, values in node["config"]["slices"].items():
            every = f"{column} is not null /* or one slice */"
            pieces = [piece.replace(every, f"{column} = '{value}'") for piece in pieces for value in values]
    return pieces


def _layer(node: dict[str, Any]) -> str:
    if node["resource_type"] == "test":
        return "tests"
    folders = Path(node["original_file_path"]).parts
    return folders[2] if folders[1] == "marts" else folders[1]


def floor_of(settings: Settings, compiled: Sequence[Path] = ()) -> dict[str, float]:
    """Seconds per layer for what has landed in the home; `compiled` are dbt's targets, the job's by default.

    Raises BenchError when the floor does not build what stands in the home's build file.
    """
    targets = compiled or [settings.warehouse / "dbt" / stage.producer for stage in STAGES.values()]
    with tempfile.TemporaryDirectory(dir=settings.home) as beside:
        # The landing is the home's own; only the build is another.
        (Path(beside) / "warehouse").mkdir()
        for shared in ("landing", "secrets"):
            (Path(beside) / shared).symlink_to(settings.home / shared)
        floor = replace(settings, home=Path(beside))
        prepare_build(floor)
        run_dbt(floor, ["seed"], floor.warehouse / "dbt", _warn)
        seconds = run_sql(floor, targets)
        built, wanted = (_rows_of_marts(each.build_file) for each in (floor, settings))
    if built != wanted:
        raise BenchError("The floor does not have the rows of the home's build: run refresh_warehouse first.")
    return seconds


def _rows_of_marts(build_file: Path) -> dict[str, int]:
    with duckdb.connect(str(build_file), read_only=True) as connection:
        tables = list_tables(connection, build_file.stem)
        counted = {str(table): f"select count(*) from {table.sql(build_file.stem)}" for table in tables}
        return {name: int(connection.execute(query).fetchall()[0][0]) for name, query in counted.items()}


def _warn(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(floor_of(load_settings())) + "\n")
