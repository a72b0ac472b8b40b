"""The code location loads as the server loads it: by the workspace file, from a console script."""

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_ROOT, load_settings
from orchestration.warehouse.dbt_build import ensure_manifest

pytestmark = pytest.mark.xdist_group("code_location")


def test_the_workspace_is_valid_and_says_nothing_else(tmp_path: Path) -> None:
    ensure_manifest(load_settings())
    dagster = Path(sys.executable).with_name("dagster")
    done = subprocess.run(
        [str(dagster), "definitions", "validate", "-w", "workspace.yaml", "--log-format", "json"],
        cwd=PROJECT_ROOT,
        env={"PATH": "", "DAGSTER_HOME": str(tmp_path), "WAREHOUSE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    # The command announces its successor, which belongs to a package that is not installed here.
    ours = [line for line in said.splitlines() if "Warning" in line and "SupersessionWarning" not in line]
    assert ours == []
    assert "WARNING" not in said
    assert "All code locations passed validation." in said


def test_the_instance_sends_no_telemetry() -> None:
    text = (PROJECT_ROOT / "orchestration" / "dagster.yaml").read_text(encoding="utf-8")
    assert "telemetry:\n  enabled: false\n" in text
