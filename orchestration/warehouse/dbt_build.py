"""Run dbt on the build file through its own runner: parsed once, quiet, and without leaving the file open.

dagster-dbt's own command line resource starts a process per call, asks `dbt --version`, which contacts a
network, and opens the DuckDB file beside dbt (docs/decisions/0004).
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.crash_points import crash_point
from orchestration.publishing.tables import own_spill
from orchestration.settings import Settings, expose_build

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

ANY_HOME = Path()
QUIET = ("--log-level", "none", "--log-level-file", "none", "--no-print")


class DbtError(RuntimeError):
    """dbt could not run at all or a model failed; the message is dbt's own, shortened."""


@dataclass(frozen=True)
class DbtResults:
    """What one dbt run left behind in `run_results.json`."""

    run_results: dict[str, Any]

    @property
    def failed_models(self) -> list[str]:
        """Models and seeds that were not built, as `name: message`."""
        return [
            f"{result['unique_id'].split('.')[-1]}: {_one_line(result.get('message') or result['status'])}"
            for result in self.run_results["results"]
            if result["unique_id"].startswith(("model.", "seed.")) and result["status"] != "success"
        ]


def ensure_manifest(settings: Settings) -> Path:
    """Parse the dbt project when a file is newer than its manifest; returns the manifest's path."""
    target = settings.dbt_project_dir / "target"
    manifest = target / "manifest.json"
    folders = ("models", "macros", "seeds", "tests")
    sources = [path for folder in folders for path in (settings.dbt_project_dir / folder).rglob("*")]
    newest = max(path.stat().st_mtime for path in [*sources, settings.dbt_project_dir / "dbt_project.yml"])
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        invoke(settings, ["parse"], target)
        manifest.touch()
    return manifest


def read_manifest(settings: Settings) -> dict[str, Any]:
    """The manifest of the project as it is now; read once per process and version of the file."""
    path = ensure_manifest(settings)
    return _manifest_of(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _manifest_of(path: Path, _modified: int) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


@cache
def parsed(settings: Settings) -> "Manifest":
    """The parsed project, once per process: a build after the first does not parse again."""
    target = settings.dbt_project_dir / "target"
    manifest: Manifest = invoke(settings, ["parse", "--no-write-json"], target)
    return manifest


def run_dbt(
    settings: Settings, arguments: list[str], target: Path, warn: Callable[[str], None]
) -> DbtResults:
    """Run dbt with `target` as its folder for artifacts and read its results.

    `warn` gets dbt's warnings and errors. Failed tests do not raise: gates judge them. `dbt test` opens the
    build file read only, beside other readers. Raises DbtError when dbt left no results.
    """
    # The results only: dbt would write its manifest and graph with them, half a second each time.
    # And no list of relations: a build makes each of its own in place.
    arguments = [*arguments, "--no-write-json", "--no-populate-cache"]
    result = invoke(settings, arguments, target, manifest=parsed(settings), warn=warn)
    crash_point("dbt: built, its results not written")
    results = target / "run_results.json"
    result.write(str(results))
    return DbtResults(json.loads(results.read_text(encoding="utf-8")))


def invoke(
    settings: Settings,
    arguments: list[str],
    target: Path,
    *,
    manifest: "Manifest | None" = None,
    warn: Callable[[str], None] | None = None,
) -> Any:
    """One dbt command on the home's build; returns dbt's result.

    dbt parses all files anew when the profile names another database or another limit of memory. Of these
    only the files' names enter the manifest, as catalogs, and parsing opens no file: so all homes parse with
    the same profile. Failed nodes are in the result. Raises DbtError when there is none.
    """
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - seconds to import

    def listen(event: Any) -> None:
        if event.info.level in {"warn", "error"}:
            said.append(event.info.msg)
            if warn:
                warn(event.info.msg)

    said: list[str] = []
    project = str(settings.dbt_project_dir)
    places = ["--project-dir", project, "--profiles-dir", project]
    places += ["--target-path", str(target), "--log-path", str(target)]
    if arguments[0] == "parse":
        expose_build(ANY_HOME)
    else:
        reads = arguments[0] == "test"
        memory = settings.reading_memory if reads else settings.memory
        expose_build(settings.warehouse, memory, read_only=reads, spill=own_spill(settings.warehouse))
    with build_file_released():
        outcome = dbtRunner(manifest=manifest, callbacks=[listen]).invoke([*arguments, *QUIET, *places])
    if outcome.result is None or outcome.exception:
        raise DbtError(f"dbt {arguments[0]} failed: {outcome.exception or _one_line(' '.join(said))}")
    return outcome.result


@contextmanager
def build_file_released() -> Iterator[None]:
    """Close dbt's connection to the build file afterwards; otherwise the adapter keeps it open."""
    try:
        yield
    finally:
        from dbt.adapters.duckdb.connections import (  # noqa: PLC0415 - seconds to import
            DuckDBConnectionManager,
        )

        close: Callable[[], None] = DuckDBConnectionManager.close_all_connections
        close()


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
