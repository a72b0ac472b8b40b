"""Run dbt on the build file: one process per gate, its events as progress, its results as data.

dagster-dbt's own command line resource asks `dbt --version` at every call, which contacts a network, and
opens the DuckDB file beside dbt (docs/decisions/0004); so the process is started here.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.settings import Settings, dbt_environment

PARTIAL_PARSE = "partial_parse.msgpack"


class DbtError(RuntimeError):
    """dbt could not run at all or a model failed; the message is dbt's own, shortened."""


@dataclass(frozen=True)
class DbtResults:
    """What one dbt run left behind: `run_results.json` and whether models failed."""

    run_results: dict[str, Any]

    @property
    def failed_models(self) -> list[str]:
        """Models and seeds that were not built, as `name: message`."""
        return [
            f"{result['unique_id'].split('.')[-1]}: {_first_line(result.get('message') or result['status'])}"
            for result in self.run_results["results"]
            if result["unique_id"].split(".")[0] in {"model", "seed"}
            and result["status"] not in {"success", "pass"}
        ]


def dbt_command(*arguments: str) -> list[str]:
    """The dbt command line of this environment."""
    return [sys.executable, "-c", "from dbt.cli.main import cli; cli()", *arguments]


def ensure_manifest(settings: Settings) -> Path:
    """Parse the dbt project when a file is newer than its manifest; returns the manifest's path."""
    project = settings.dbt_project_dir
    manifest = project / "target" / "manifest.json"
    sources = [
        path for folder in ("models", "macros", "seeds", "tests") for path in (project / folder).rglob("*")
    ]
    newest = max(
        (path.stat().st_mtime for path in [*sources, project / "dbt_project.yml"] if path.is_file()),
        default=0,
    )
    if manifest.exists() and manifest.stat().st_mtime >= newest:
        return manifest
    parse = subprocess.run(
        dbt_command("parse", "--quiet"), env=dbt_environment(settings, project / "target"),
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if parse.returncode != 0:
        raise DbtError(
            f"dbt cannot parse the project: {_last_lines((parse.stdout + parse.stderr).splitlines())}"
        )
    return manifest


def run_dbt(
    settings: Settings, arguments: list[str], target: Path, warn: Callable[[str], None]
) -> DbtResults:
    """Run dbt with `target` as its folder for artifacts and read its results.

    `warn` gets dbt's warnings and errors; its whole log lies in `target`. Failed tests do not raise: gates
    judge them. Raises DbtError when dbt left no results.
    """
    target.mkdir(parents=True, exist_ok=True)
    (target / "run_results.json").unlink(missing_ok=True)
    process = subprocess.Popen(
        dbt_command("--log-format", "json", "--log-level", "warn", "--log-level-file", "info", *arguments),
        env=dbt_environment(settings, target),
        cwd=settings.dbt_project_dir,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    said: list[str] = []
    try:
        for line in _messages(process):
            said.append(line)
            warn(line)
    except BaseException:
        process.terminate()
        raise
    finally:
        process.wait()
    results = target / "run_results.json"
    if not results.exists():
        raise DbtError(f"dbt ended with code {process.returncode} and no results: {_last_lines(said)}")
    return DbtResults(json.loads(results.read_text(encoding="utf-8")))


def _messages(process: "subprocess.Popen[str]") -> Iterator[str]:
    """The text of dbt's structured log lines; a line of another kind as it is."""
    assert process.stdout is not None
    for line in process.stdout:
        try:
            message = str(json.loads(line)["info"]["msg"]).strip()
        except (json.JSONDecodeError, KeyError, TypeError):
            message = line.strip()
        if message:
            yield message


def _first_line(text: str) -> str:
    return " ".join(text.split())[:300]


def _last_lines(lines: list[str], count: int = 12) -> str:
    return "\n".join(line for line in lines[-count:] if line.strip())
