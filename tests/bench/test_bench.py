"""The bench measures what it says it measures."""

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from orchestration.bench.__main__ import table
from orchestration.bench.floor import floor_of, in_order
from orchestration.bench.goals import judged
from orchestration.bench.last_day import deliver, hold_last_day
from orchestration.bench.measured import BenchError, measure
from orchestration.demo.generate import write_company
from orchestration.settings import environment_of
from tests.dbt_project.builds import Build
from tests.dbt_project.conftest import demo_build, manifest

__all__ = ["demo_build", "manifest"]  # fixtures
pytestmark = pytest.mark.xdist_group("dbt_builds")


def test_a_command_is_measured_with_all_its_processes(tmp_path: Path) -> None:
    """100 MiB are held by a child of the child, for a second."""
    hold = "held = bytearray(100 * 2**20); import time; time.sleep(1)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}]); print('done')"
    found = measure([sys.executable, "-c", code], environment_of(tmp_path))
    assert found.output == "done\n"
    assert 1 <= found.wall < 60
    assert 100 < found.peak_mib < 400
    assert sum(found.at_peak.values()) == pytest.approx(found.peak_mib, abs=0.2)
    assert 0.1 < found.pace_ms < 1000


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="no such size"):
        measure([sys.executable, "-c", "raise SystemExit('no such size')"], environment_of(tmp_path))


def test_the_floor_builds_what_the_job_builds(demo_build: Build, tmp_path: Path) -> None:
    """The company of 1,500 tickets, star and marts."""
    build = demo_build.copy(tmp_path / "home")
    for folder in ("landing", "secrets"):
        place = demo_build.settings.home / folder
        if place.exists():
            shutil.copytree(place, build.settings.home / folder)
    with pytest.raises(BenchError, match="was not compiled by a job yet"):
        floor_of(build.settings)
    statuses = build.dbt("build", "--exclude-resource-type", "unit_test")
    assert set(statuses.values()) == {"success", "pass"}
    target = build.settings.warehouse / "dbt" / "build"
    layers = floor_of(build.settings, [target])
    assert layers.keys() == {"staging", "intermediate", "core", "kpis", "scorecards", "tests"}
    assert all(seconds > 0 for seconds in layers.values())
    assert [path.name for path in build.settings.home.iterdir() if path.name.startswith("tmp")] == []
    with build.connect(read_only=False) as connection:
        ((tickets,),) = connection.execute("select count(*) from core.fct_tickets").fetchall()
        connection.execute("delete from core.fct_orders")
    assert tickets > 1000
    with pytest.raises(BenchError, match="does not have the rows"):
        floor_of(build.settings, [target])


def test_models_stand_after_those_that_they_read(manifest: dict[str, Any]) -> None:
    ordered = in_order(manifest["nodes"])
    place = {node["unique_id"]: number for number, node in enumerate(ordered)}
    for node in ordered:
        for parent in set(node["depends_on"]["nodes"]) & place.keys():
            assert place[parent] < place[node["unique_id"]]


def test_sizes_stand_side_by_side() -> None:
    spent = {"wall": 60.0, "cpu": 100.0, "peak_mib": 2048.0, "pace_ms": 8.5}
    found = {
        "tickets": 30_000,
        "demo_files": {"wall": 4.0, "peak_mib": 300.0},
        "first_run": spent,
        "one_more_day": {"wall": 50.0},
        "rebuild": spent,
        "floor": {"wall": 12.0},
        "job_over_floor": 5.0,
        "reading_ms": {"a": {"p50": 1.0, "p95": 2.5}, "b": {"p50": 1.0, "p95": 7.5}},
    }
    assert (
        table([found])[2]
        == "| 30,000 | 4.0 s | 60.0 s | 100.0 s | 8.5 ms | 2,048 | 50.0 s | 60.0 s | 12.0 s | 5.0 | 7.5 ms |"
    )
    assert "| 50.0 s | not measured | 12.0 s |" in table([found | {"rebuild": None}])[2]


def size_of(tickets: int, day: float, job: float) -> dict[str, Any]:
    return {
        "tickets": tickets,
        "first_run": {"wall": job, "peak_mib": 3072.0},
        "steps": {"build_core": 50.0, "check_core": 10.0, "core_verdict": 8.0},
        "dbt_tests": {"build_core": 3.0, "build_marts": 2.0},
        "one_more_day": {"wall": day},
        "steps_of_one_more_day": {"published__warehouse": 10.0},
        "rebuild": {"wall": 28.0},
        "floor": {"wall": 30.0},
        "job_over_floor": 1.6,
        "reading_ms": {"a": {"p95": 12.5}, "b": {"p95": 49.0}},
    }


START_UP = {
    "import dagster_dbt": {"wall": 2.0},
    "import great_expectations": {"wall": 4.0},
    "parse the dbt project": {"wall": 5.0},
    "an empty dbt build": {"wall": 7.0},
    "validate": {"wall": 9.5},
    "validate nothing": {"wall": 7.0},
}


def test_goals_are_judged_at_the_largest_size() -> None:
    """18 of 120 s are steps of gates, 5 tests; a day costs 52 s against 40 s without the snapshot."""
    assert judged([size_of(5_000_000, 62, 120), size_of(500_000, 50, 60)], START_UP) == [
        "job / floor at 5,000,000 tickets: 1.60, missed (at most 1.5)",
        "files to scorecards at 5,000,000 tickets: 2.00 minutes, reached (at most 5)",
        "memory at 5,000,000 tickets: 3.00 GiB, reached (at most 6)",
        "gates at 5,000,000 tickets: 0.19 of the job, missed (at most 0.15)",
        "slowest read at 5,000,000 tickets, p95: 49.00 ms, reached (at most 50)",
        "one more day at 5,000,000 tickets against 500,000, snapshot apart: 1.30, reached (at most 1.3)",
        "validate, beyond that of an empty project: 2.50 s, missed (at most 2)",
    ]


def test_what_is_fixed_is_judged_at_the_sizes_of_its_goals() -> None:
    """100,000 tickets: 60 s less 30 of floor, 2 + 4 of imports, 7 + 2 of empty builds."""
    said = judged([size_of(30_000, 50, 60), size_of(100_000, 50, 60)], START_UP)
    assert said[-3:-1] == [
        "full rebuild of the demo: 28.00 s, reached (at most 30)",
        "job beyond floor and unavoidable parts at 100,000 tickets: 15.00 s, missed (at most 5)",
    ]


def test_the_last_day_is_held_back_and_delivered_as_files_of_its_own(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write_company(inbox, tickets=1500, months=4)
    whole = {path.name: path.read_bytes().splitlines() for path in (inbox / "crm").glob("ticket*.csv")}
    held = hold_last_day(inbox)
    tables = sorted(path.name.rpartition("_")[0] for path in held)
    assert tables == ["ticket_events", "ticket_stages", "tickets"]
    assert not any(path.exists() for path in held)
    deliver(held)
    for path, content in held.items():
        table = path.name.rpartition("_")[0]
        month = max(name for name in whole if name.startswith(f"{table}_2"))
        kept = (inbox / "crm" / month).read_bytes().splitlines()
        late = content.splitlines()
        assert len(late) > 1
        assert len(kept) + len(late) - 1 == len(whole[month])
