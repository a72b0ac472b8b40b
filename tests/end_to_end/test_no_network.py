"""A run needs no network: none was there, nothing was dialled, and dbt was never asked for its version."""

import json

import pytest

from tests.end_to_end.project import Project

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("demo")]


def events(project: Project) -> list[tuple[str, str]]:
    """(event, detail) of everything that the project's processes started or dialled."""
    lines = (project.root / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [(event["event"], event["detail"]) for event in map(json.loads, lines)]


def test_a_green_run_dials_nobody(demo: Project) -> None:
    assert {event for event, _ in events(demo)} == {"subprocess.Popen"}


def test_dbt_is_never_asked_for_its_version(demo: Project) -> None:
    assert [detail for _, detail in events(demo) if "--version" in detail] == []


def test_what_leaves_the_machine_would_be_refused_and_noted(
    demo: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lonely = Project(tmp_path_factory.mktemp("lonely"))
    dial = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    assert "this test has no network" in lonely.execute("-c", dial).stderr
    look_up = "import socket; socket.getaddrinfo('example.org', 443)"
    assert "this test has no network" in lonely.execute("-c", look_up).stderr
    ask = "import subprocess; subprocess.run(['echo', 'dbt', '--version'], check=True)"
    assert lonely.execute("-c", ask).returncode == 0
    assert {detail for _, detail in events(lonely)} == {"192.0.2.1", "example.org", "echo dbt --version"}
