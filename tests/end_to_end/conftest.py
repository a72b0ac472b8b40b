"""Runs that several tests look at: the demo company once, the real exports once."""

from pathlib import Path

import pytest

from tests.end_to_end.project import REAL_DATA, Project, copy_project

REAL_FILES = {
    "uci_incident": ("uci_incident/*.csv",),
    "flipkart_csat": ("flipkart_csat/shopzilla*.csv",),
    "cfpb": ("cfpb/*.csv",),
    "olist": ("olist/*.csv",),
}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The demo company with 6,000 tickets, built and published by the project itself."""
    root = copy_project(tmp_path_factory.mktemp("demo_project"))
    project = Project(root, root / "home")
    done = project.run("--tickets", "6000")
    assert done.returncode == 0, done.stdout + done.stderr
    (root / "run.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    return project


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The four real exports, and no demo, in one inbox."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"the real exports are not here: {REAL_DATA.name} is looked for beside the project")
    root = copy_project(tmp_path_factory.mktemp("real_project"))
    project = Project(root, root / "home")
    for source, patterns in REAL_FILES.items():
        project.deliver(source, *[file for pattern in patterns for file in sorted(REAL_DATA.glob(pattern))])
    done = project.run()
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture
def small_project(tmp_path: Path) -> Project:
    """A fresh copy of the project for a test that changes it."""
    root = copy_project(tmp_path / "project")
    return Project(root, root / "home")
