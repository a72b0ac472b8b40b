"""A home that was backed up and restored elsewhere is the same warehouse: a run there adds nothing."""

from pathlib import Path
from typing import Any

import pytest

from orchestration.publishing import audit
from orchestration.publishing.manifest import read_json
from tests.end_to_end.project import Project

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("demo")]


def tables(project: Project) -> dict[str, Any]:
    """Rows and hash of every published table."""
    found: dict[str, Any] = read_json(project.published / "current" / "manifest.json")["tables"]
    return found


def test_a_restored_home_verifies_and_its_next_run_adds_nothing(demo: Project, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    done = demo.execute("-m", "orchestration", "backup", str(archive))
    assert done.returncode == 0, done.stdout + done.stderr
    restored = demo.copied_without_home(tmp_path / "another" / "place")
    done = restored.execute("-m", "orchestration", "restore", str(archive))
    assert done.returncode == 0, done.stdout + done.stderr
    assert restored.execute("-m", "orchestration.publishing", "verify").returncode == 0
    before = audit.read(restored.published)
    assert before == audit.read(demo.published)
    served = (restored.published / "current").readlink()
    restored.run_green()
    assert (restored.published / "current").readlink() == served
    assert tables(restored) == tables(demo)
    assert audit.read(restored.published) == before
    runs = restored.execute("-m", "dagster", "run", "list").stdout
    assert runs.count("refresh_warehouse") == 2, "the run of the original home is known beside the new one"
