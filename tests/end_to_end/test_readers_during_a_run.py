"""Readers and a run do not disturb each other, and a reader sees one build at a time."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.project import Project

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("readers")]
READER = Path(__file__).with_name("reader.py")
COMPLAINTS = "complaint_events_202611.csv"


@contextmanager
def readers(project: Project, stop: Path) -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    """A poller and a holder of the snapshot; they end when `stop` exists."""
    snapshot = str(project.published / "warehouse.duckdb")
    processes = {
        behaviour: subprocess.Popen(
            [sys.executable, str(READER), behaviour, snapshot, str(stop)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for behaviour in ("poll", "hold")
    }  # fmt: skip
    try:
        yield processes
    finally:
        stop.touch()
        for process in processes.values():
            if process.poll() is None:
                process.wait(timeout=30)


def builds_of(looks: list[list[list[str]]]) -> list[set[str]]:
    """The build ids that each look saw, over the tables that name their build."""
    assert {len({table for table, _ in look}) for look in looks} == {2}
    return [{build for _, build in look} for look in looks]


def deliver_one_more_file(project: Project) -> None:
    """The header and first rows of an earlier month under the name of the next."""
    earlier = (project.home / "inbox" / "complaint" / "complaint_events_202610.csv").read_bytes()
    lines = earlier.splitlines(keepends=True)[:4]
    project.write(f"home/inbox/complaint/{COMPLAINTS}", b"".join(lines))


def test_readers_see_one_build_at_a_time_while_a_run_publishes_the_next(
    demo_copy: Project, tmp_path: Path
) -> None:
    ((before,),) = demo_copy.query("select build_id from core.dim_builds")
    deliver_one_more_file(demo_copy)
    stop = tmp_path / "stop"
    with readers(demo_copy, stop) as processes:
        demo_copy.run_green()
        stop.touch()
        printed = {name: process.communicate(timeout=60) for name, process in processes.items()}
    assert {name: process.returncode for name, process in processes.items()} == {"poll": 0, "hold": 0}, (
        printed
    )
    ((after,),) = demo_copy.query("select build_id from core.dim_builds")
    assert before != after

    polled = builds_of(json.loads(printed["poll"][0]))
    assert all(len(look) == 1 for look in polled)
    ordered = list(dict.fromkeys(build for look in polled for build in look))
    assert ordered == [before, after]
    assert builds_of(json.loads(printed["hold"][0]))[-1] == {before}
