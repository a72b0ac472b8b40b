"""Runs that several tests look at: the demo company once, the real exports once, whatever the worker."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.project import REAL_DATA, Project, new_project

REAL_FILES = {
    "uci_incident": "uci_incident/*.csv",
    "flipkart_csat": "flipkart_csat/shopzilla*.csv",
    "cfpb": "cfpb/*.csv",
    "olist": "olist/*.csv",
}
TICKETS, MONTHS = "6000", "6"
Shared = Callable[[str, Callable[[Path], Project]], Project]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Make a project once for all workers: the first who asks makes it, others wait. Nobody changes it."""
    base = tmp_path_factory.getbasetemp()
    # Workers' folders lie in one common folder of the session; without workers there is only the session's.
    common = base.parent if base.name.startswith("popen-") else base

    def get(name: str, make: Callable[[Path], Project]) -> Project:
        with (common / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (common / f"{name}.made").exists():
                # One attempt: a copy that is there without its mark is what a failed one left.
                assert not (common / name).exists(), f"{name} could not be made; another test says why"
                make(common / name)
                (common / f"{name}.made").touch()
        return Project(common / name)

    return get


@pytest.fixture(scope="session")
def demo(shared: Shared) -> Project:
    """A demo company, landed, built and published by the project itself."""

    def make(root: Path) -> Project:
        project = new_project(root)
        project.write(
            "run.log", project.run_green("--ground-truth", "--tickets", TICKETS, "--months", MONTHS)
        )
        return project

    return shared("demo", make)


@pytest.fixture(scope="session")
def shanghai(shared: Shared) -> Project:
    """A small company, its periods cut in another zone; of seven months, so that every KPI has a value."""

    def make(root: Path) -> Project:
        project = new_project(root)
        project.environment["WAREHOUSE_REPORTING_TIME_ZONE"] = "Asia/Shanghai"
        size = ("--tickets", "4200", "--months", "7", "--reporting-time-zone", "Asia/Shanghai")
        made = project.execute("-m", "orchestration.demo", "--home", str(project.home), *size)
        assert made.returncode == 0, made.stderr
        project.run_green()
        return project

    return shared("shanghai", make)


@pytest.fixture
def demo_copy(demo: Project, tmp_path: Path) -> Project:
    """The published demo company, for a test that changes it."""
    return demo.copied(tmp_path / "project")


@pytest.fixture(scope="session")
def real(shared: Shared) -> Project:
    """The four real exports, and no demo, in one inbox."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real exports are not here: ../shared/data/real is looked for beside the project")

    def make(root: Path) -> Project:
        project = new_project(root)
        for source, pattern in REAL_FILES.items():
            project.deliver(source, *sorted(REAL_DATA.glob(pattern)))
        project.write("run.log", project.run_green())
        return project

    return shared("real", make)
