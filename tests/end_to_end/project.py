"""A copy of the project in a temporary folder, run as a user would: by its own command, in its own home."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import PROJECT_ROOT

PARTS = (
    "docs",
    "orchestration", "dbt_project", "expectations", "workspace.yaml", "pyproject.toml", "requirements.lock",
)  # fmt: skip
GENERATED = shutil.ignore_patterns("__pycache__", "logs", "*.pyc")
REAL_DATA = PROJECT_ROOT.parent / "shared" / "data" / "real"
BLOCKED_NETWORK = Path(__file__).parent / "blocked_network"
OURS = ("WAREHOUSE_", "DAGSTER_", "DBT_", "PYTEST_", "PYTHONPATH")
Finished = subprocess.CompletedProcess[str]


@dataclass
class Project:
    """A project folder, its home, and what `python -m orchestration run` says in it."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """WAREHOUSE_HOME of everything that runs here."""
        return self.root / "home"

    @property
    def published(self) -> Path:
        """What readers see."""
        return self.home / "published"

    @property
    def process_environment(self) -> dict[str, str]:
        """Like a fresh shell with this home; the network is blocked, attempts and processes are noted."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return {
            **inherited,
            "WAREHOUSE_HOME": str(self.home),
            "DAGSTER_HOME": str(self.home / "dagster_home"),
            "PYTHONPATH": str(BLOCKED_NETWORK),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NOTE_EVENTS_IN": str(self.root / "events.jsonl"),
            **self.environment,
        }

    def execute(self, *arguments: str, timeout: int = 900) -> Finished:
        """Run `python ARGUMENTS` in the project with this home and without a network."""
        return subprocess.run(
            [*_without_network(), sys.executable, *arguments],
            cwd=self.root,
            env=self.process_environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def run(self, *arguments: str) -> Finished:
        """`python -m orchestration run`."""
        return self.execute("-m", "orchestration", "run", *arguments)

    def run_green(self, *arguments: str) -> str:
        """Run, insist on exit code 0, return what was printed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def materialize(self, selection: str) -> Finished:
        """Materialise assets alone, as somebody would from the shell or the UI."""
        return self.execute(
            "-m", "dagster", "asset", "materialize", "--select", selection, "-m", "orchestration.definitions"
        )

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the published snapshot."""
        with duckdb.connect(str(self.published / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def truth(self) -> dict[str, Any]:
        """The demo company's ground truth."""
        text = (self.home / "demo_ground_truth.json").read_text(encoding="utf-8")
        truth: dict[str, Any] = json.loads(text)
        return truth

    def scorecard(self, place: str) -> dict[str, Any]:
        """The newest version of a scorecard, `team/crm.T1/2026-07`, by KPI code in `kpis`."""
        versions = (self.published / "scorecards" / place).glob("v*/scorecard.json")
        newest = max(versions, key=lambda path: int(path.parent.name[1:]))
        document: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
        return document | {"kpis": {kpi["kpi_code"]: kpi for kpi in document["kpis"]}}

    def deliver(self, source: str, *files: Path) -> None:
        """Copy files into the inbox of a source system."""
        for file in files:
            self.write(f"home/inbox/{source}/{file.name}", file.read_bytes())

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file of the project, with its folders."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the one place in a file of the project that reads `old`."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} holds {text.count(old)} times {old!r}"
        self.write(path, text.replace(old, new))

    def copied_without_home(self, target: Path) -> "Project":
        """A copy of the program alone, with an empty home."""
        shutil.copytree(self.root, target, symlinks=True, ignore=shutil.ignore_patterns("home"))
        return Project(target, dict(self.environment))

    def copied(self, target: Path) -> "Project":
        """A copy of everything, home included: what is done to it does not disturb other tests."""
        shutil.copytree(self.root, target, symlinks=True)
        return Project(target, dict(self.environment))


def new_project(target: Path, original: Path = PROJECT_ROOT) -> Project:
    """Copy what a run needs, with the parsed manifest, so that a copy starts as fast as the original."""
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = original / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=GENERATED)
        else:
            shutil.copy2(source, target / part)
    return Project(target)


def tree_state(folder: Path) -> dict[str, bytes | str]:
    """Every file's bytes and every link's target below a folder: equal states are byte-identical trees."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


@cache
def _without_network() -> tuple[str, ...]:
    """A prefix that gives a process a network without any interface, where this machine allows it."""
    prefix = ("unshare", "--net")
    allowed = shutil.which("unshare") and subprocess.run([*prefix, "true"], check=False).returncode == 0
    return prefix if allowed else ()
