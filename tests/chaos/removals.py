"""Take each protection away in a copy of the project and expect its test to turn red."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.settings import PROJECT_ROOT
from tests.chaos.protections import Protection
from tests.chaos.reliability_page import ALL

PARTS = ("orchestration", "dbt_project", "expectations", "tests", "docs", "pyproject.toml", "deploy")
TIMEOUT = 600


def copied_project(target: Path) -> Path:
    """What the tests need, with the parsed manifest."""
    for part in PARTS:
        source = PROJECT_ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__", "logs"))
        else:
            shutil.copy2(source, target / part)
    return target


@contextmanager
def without(project: Path, protection: Protection) -> Iterator[None]:
    """The copy without one protection, for a while."""
    path = project / protection.file
    text = path.read_text(encoding="utf-8")
    assert text.count(protection.text) == 1, f"{protection.file}: {protection.text!r}"
    path.write_text(text.replace(protection.text, protection.without), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(text, encoding="utf-8")


def outcome_of(project: Path, test: str) -> str:
    """`green`, `red`, or what else became of a test: one that does not run has shown nothing."""
    file, _, rest = test.partition("::")
    name, bracket, case = rest.partition("[")
    chosen = [f"{file}::{name}" if name else file]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("WAREHOUSE_")}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *chosen]
    if bracket and case.endswith("]"):
        command[-1] = test
    try:
        done = subprocess.run(
            command, cwd=project, env=ours | {"PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True,
            timeout=TIMEOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "red"
    last = (done.stdout.strip().splitlines() or ["nothing was printed"])[-1]
    return {0: "green", 1: "red"}.get(done.returncode, f"did not run: {last}")


def main() -> int:
    """Remove one after the other; returns 1 when a test stayed green or did not run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fault", default="", help="only faults whose name holds this")
    chosen = [item for item in ALL if parser.parse_args().fault in item.fault]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        project = copied_project(Path(folder))
        for item in chosen:
            with without(project, item):
                outcome = outcome_of(project, item.test)
            wrong += outcome != "red"
            print(f"{outcome:<6} {item.fault}: without {item.function} of {item.file}", flush=True)
    print(f"{len(chosen) - wrong} of {len(chosen)} removals turned their test red.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
