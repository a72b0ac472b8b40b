"""The services on PostgreSQL, killed in the middle of a run: it goes on, or is closed and repeated whole."""

import json
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.publishing import audit
from orchestration.publishing.manifest import read_json
from orchestration.publishing.verification import verify
from orchestration.sources.manifest import read_deliveries
from tests.end_to_end.project import Project, new_project
from tests.end_to_end.services import NAMES, Services
from tests.operations.postgres import database

pytestmark = [pytest.mark.long, pytest.mark.end_to_end]
KEY = "a key that is long enough for two homes"
LAUNCH = """
mutation Launch($location: String!) { launchRun(executionParams: {
  selector: {
    repositoryLocationName: $location, repositoryName: "__repository__", jobName: "refresh_warehouse"
  }
  runConfigData: {}
}) { __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }
"""


def until(what: str, happens: Callable[[], bool], seconds: float = 300) -> float:
    """Wait until something happens; returns the seconds that it took."""
    started = time.monotonic()
    while not happens():
        assert time.monotonic() - started < seconds, f"did not happen in {seconds:.0f} s: {what}"
        time.sleep(0.2)
    return time.monotonic() - started


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """A small demo company, delivered, and the services installed but not started."""
    project = new_project(tmp_path / "project")
    project.environment["WAREHOUSE_KEY"] = KEY
    made = project.execute(
        "-m", "orchestration.demo", "--home", str(project.home), "--tickets", "3000", "--months", "5"
    )
    assert made.returncode == 0, made.stderr
    with database() as running:
        for name, value in running.variables.items():
            monkeypatch.setenv(name, value)
        services = Services(project, running)
        services.install()
        try:
            yield services
        finally:
            services.kill(*NAMES)


def launch(services: Services) -> str:
    """Launch a refresh through the web server, as a click does; returns the run's id."""
    body = json.dumps({"query": LAUNCH, "variables": {"location": "service_quality"}}).encode()
    address = f"http://127.0.0.1:{services.ports['3000']}/graphql"
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
        result = json.load(answer)["data"]["launchRun"]
    assert result["__typename"] == "LaunchRunSuccess", result
    return str(result["run"]["runId"])


def answers(services: Services) -> bool:
    """Whether the web server is there and has loaded the code location."""
    query = '{"query": "{ repositoriesOrError { ... on RepositoryConnection { nodes { name } } } }"}'
    address = f"http://127.0.0.1:{services.ports['3000']}/graphql"
    request = urllib.request.Request(address, query.encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            return bool(json.load(answer)["data"]["repositoriesOrError"]["nodes"])
    except OSError:
        return False


def undisturbed(services: Services, root: Path) -> Project:
    """The same deliveries in another home, run from the shell without anything happening to it."""
    project = Project(shutil.copytree(services.project.root, root, ignore=shutil.ignore_patterns("home")))
    project.environment["WAREHOUSE_KEY"] = KEY
    shutil.copytree(services.project.home / "inbox", project.home / "inbox")
    project.run_green()
    return project


def test_killed_services_lose_nothing(services: Services, tmp_path: Path) -> None:
    services.start(*NAMES)
    figures = {"services answer": until("the web server answers", lambda: answers(services))}
    with dg.DagsterInstance.from_config(str(services.project.home / "dagster_home")) as instance:

        def events(run_id: str, kind: dg.DagsterEventType) -> list[str]:
            entries = instance.all_logs(run_id, of_type=kind)
            return [entry.dagster_event.step_key or "" for entry in entries if entry.dagster_event]

        def status(run_id: str) -> dg.DagsterRunStatus:
            run = instance.get_run_by_id(run_id)
            assert run is not None
            return run.status

        first = launch(services)
        until("a step is done", lambda: bool(events(first, dg.DagsterEventType.STEP_SUCCESS)))

        services.kill("daemon", "webserver")
        before = len(events(first, dg.DagsterEventType.STEP_SUCCESS))
        services.start("daemon", "webserver")
        until("the web server answers again", lambda: answers(services))
        until("the run goes on", lambda: len(events(first, dg.DagsterEventType.STEP_SUCCESS)) > before)
        assert status(first) is dg.DagsterRunStatus.STARTED

        until("dbt builds", lambda: "build_core" in events(first, dg.DagsterEventType.STEP_START))
        services.kill(*NAMES)
        assert status(first) is dg.DagsterRunStatus.STARTED, "nobody could close it"

        assert f"Run {first} had died" in services.start(*NAMES)
        assert status(first) is dg.DagsterRunStatus.FAILURE
        of_first = dg.RunsFilter(tags={"dagster/parent_run_id": first})
        figures["repeated after"] = until("it is repeated", lambda: bool(instance.get_runs(filters=of_first)))
        (second,) = instance.get_runs(filters=of_first)
        done = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE)
        figures["done after"] = until("the repeated run ends", lambda: status(second.run_id) in done, 600)
        assert status(second.run_id) is dg.DagsterRunStatus.SUCCESS
        assert len(instance.get_runs()) == 2, "repeated once"
        landed = [
            name for name in events(second.run_id, dg.DagsterEventType.STEP_SUCCESS) if name[:5] == "land_"
        ]
        assert len(landed) >= 12, "the whole run was repeated"
    nothing_was_lost(services.project, undisturbed(services, tmp_path / "undisturbed"))
    print({name: f"{seconds:.1f} s" for name, seconds in figures.items()})


def nothing_was_lost(found: Project, expected: Project) -> None:
    """Same deliveries, same tables hash for hash, one line per build, no leftovers."""

    def deliveries(project: Project) -> set[tuple[str, str, int]]:
        listed = read_deliveries(project.home / "landing")
        return {(item.batch_id, item.status, item.landed_rows) for item in listed}

    def tables(project: Project) -> object:
        return read_json(project.published / "current" / "manifest.json")["tables"]

    assert deliveries(found) == deliveries(expected)
    assert tables(found) == tables(expected)
    assert verify(found.published, KEY.encode()) == []
    kinds = [line.kind for line in audit.read(found.published)]
    assert kinds.count(audit.BUILD_PUBLISHED) == 1
    assert not list(found.published.rglob(".tmp-*"))
    assert not [path for path in (found.home / "landing" / ".tmp").rglob("*") if path.is_file()]
