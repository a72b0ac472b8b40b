"""A copy of the project in a temporary folder, run as a user would: by its own command, in its own home."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import PROJECT_ROOT

PARTS = ("orchestration", "dbt_project", "expectations", "workspace.yaml", "pyproject.toml", "requirements.lock")
GENERATED = shutil.ignore_patterns("__pycache__", "logs", "*.pyc")
REAL_DATA = PROJECT_ROOT.parent / "shared" / "data" / "real"


@dataclass
class Project:
    """A project folder, its home, and what `python -m orchestration run` says in it."""

    root: Path
    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def execute(self, *arguments: str, timeout: int = 600) -> "subprocess.CompletedProcess[str]":
        """Run `python ARGUMENTS` in the project with this home."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**os.environ, "WAREHOUSE_HOME": str(self.home), **self.environment},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """`python -m orchestration run`."""
        return self.execute("-m", "orchestration", "run", *arguments)

    def materialize(self, job_or_selection: str) -> "subprocess.CompletedProcess[str]":
        """Materialise assets alone, as somebody would from the shell or the UI."""
        self.environment["DAGSTER_HOME"] = str(self.home / "dagster_home")
        return self.execute(
            "-m", "dagster", "asset", "materialize", "--select", job_or_selection, "-m", "orchestration.definitions"
        )

    @property
    def snapshot(self) -> Path:
        """The published DuckDB file."""
        return self.home / "published" / "warehouse.duckdb"

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the published snapshot."""
        with duckdb.connect(str(self.snapshot), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def deliver(self, source: str, *files: Path) -> None:
        """Copy files into the inbox of a source system."""
        folder = self.home / "inbox" / source
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(file, folder / file.name)


def copy_project(target: Path) -> Path:
    """Copy what a run needs, with the parsed manifest, so that a copy starts as fast as the original."""
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = PROJECT_ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=GENERATED, copy_function=shutil.copy2)
        else:
            shutil.copy2(source, target / part)
    return target


def tree_state(folder: Path) -> dict[str, bytes | str]:
    """Every file's bytes and every link's target below a folder: equal states are byte-identical trees."""
    return {
        str(path.relative_to(folder)): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }
