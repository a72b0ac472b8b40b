"""dbt's own statements, written down once and run again on other data: a build without dbt's seconds."""

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import Settings, expose_build
from orchestration.warehouse.dbt_build import QUIET, build_file_released, parsed

Manifest = dict[str, Any]
MODELS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", "--threads", "1")
WRITES = ("begin", "create", "insert")
CONTROL = {"run_parameters", "source_status", "increment", "batch_changes"}


@dataclass(frozen=True)
class Selection:
    """The models that deliveries reach and that lead to tables kept by key, and what they read beside."""

    kept: tuple[str, ...]
    replayed: tuple[str, ...]
    constant: tuple[str, ...]


def selection_of(manifest: Manifest) -> Selection:
    """All other models are made in full of these, in every build."""
    nodes, parents = manifest["nodes"], manifest["parent_map"]
    kept = [key for key, node in nodes.items() if node["config"].get("materialized") == "by_key"]
    needed = set(_ancestors(parents, kept)) & set(nodes)
    reached = [key for key, node in manifest["sources"].items() if _is_delivered(node)]
    below = set(_ancestors(manifest["child_map"], reached))
    return Selection(tuple(kept), tuple(needed & below), tuple(needed - below))


def _is_delivered(source: dict[str, Any]) -> bool:
    return source["name"] in CONTROL or not source["original_file_path"].endswith("control/_control.yml")


def _ancestors(links: dict[str, list[str]], keys: Collection[str]) -> Iterator[str]:
    seen, due = set(keys), list(keys)
    while due:
        key = due.pop()
        yield key
        new = [
            parent
            for parent in links.get(key, ())
            if parent not in seen and "test" not in parent.split(".")[0]
        ]
        seen.update(new)
        due += new


def _is_test(key: str) -> bool:
    return key.startswith(("test.", "unit_test."))


def recorded(settings: Settings, models: Collection[str]) -> list[str]:
    """Build some models with dbt, one after the other; returns the statements by which it wrote them."""
    said: list[str] = []

    def listen(event: Any) -> None:
        if event.info.name == "SQLQuery" and event.data.node_info.resource_type == "model":
            sql = event.data.sql.partition("*/")[2].strip()
            if sql.lower().startswith(WRITES):
                said.append(sql)

    names = [key.rpartition(".")[2] for key in models]
    _run(settings, ["build", *MODELS, "--select", *names], listen)
    return said


def _run(settings: Settings, arguments: list[str], listen: Callable[[Any], None]) -> None:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - seconds to import

    project, target = str(settings.dbt_project_dir), str(settings.warehouse / "dbt")
    places = ["--project-dir", project, "--profiles-dir", project]
    places += ["--target-path", target, "--log-path", target]
    manifest = parsed(settings)
    expose_build(settings.warehouse)
    with build_file_released():
        result: Any = dbtRunner(manifest=manifest, callbacks=[listen]).invoke([*arguments, *QUIET, *places])
    assert result.success, [item.message for item in result.result or () if item.status == "error"]


def replay(connection: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> None:
    """Run dbt's statements on another build of the same models."""
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set threads = 1")  # of a few rows, a second one is twice the work
    for sql in statements:
        connection.execute(sql)


@contextmanager
def beside(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[None]:
    """Another build, attached read only; `in_other` names its tables."""
    for file in ("build", "work"):
        connection.execute(f"attach '{folder / file}.duckdb' as other_{file} (read_only)")
    yield
    for file in ("build", "work"):
        connection.execute(f"detach other_{file}")


def in_other(relation: str) -> str:
    """The name of a relation of the build that is `beside`."""
    return f'"other_{relation[1:]}'


def put_aside(settings: Settings, folder: Path) -> Path:
    """Copy a build's files to a folder."""
    folder.mkdir()
    for file in (settings.build_file, settings.work_file):
        shutil.copyfile(file, folder / file.name)
    return folder


def bring_back(folder: Path, settings: Settings) -> None:
    """Make a home's build the one that was put aside in a folder."""
    for file in (settings.build_file, settings.work_file):
        file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
        shutil.copyfile(folder / file.name, file)
