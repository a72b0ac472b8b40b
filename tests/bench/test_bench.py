"""The bench measures what it says it measures."""

import sys
from pathlib import Path

import pytest

from orchestration.bench.__main__ import table
from orchestration.bench.floor import floor_of, in_order
from orchestration.bench.measured import BenchError, measure
from orchestration.settings import environment_of
from orchestration.warehouse.dbt_build import read_manifest
from tests.dbt_project.builds import landed


def test_a_command_is_measured_with_all_its_processes(tmp_path: Path) -> None:
    """100 MiB are held by a child of the child, for a second."""
    hold = "held = bytearray(100 * 2**20); import time; time.sleep(1)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}]); print('done')"
    found = measure([sys.executable, "-c", code], environment_of(tmp_path))
    assert found.output == "done\n"
    assert 1 <= found.wall < 60
    assert 100 < found.peak_mib < 400


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="no such size"):
        measure([sys.executable, "-c", "raise SystemExit('no such size')"], environment_of(tmp_path))


def test_the_floor_runs_every_model_after_those_that_it_reads(tmp_path: Path) -> None:
    settings = landed(tmp_path / "home").settings
    order = [node["unique_id"] for node in in_order(read_manifest(settings)["nodes"])]
    place = {key: number for number, key in enumerate(order)}
    for node in in_order(read_manifest(settings)["nodes"]):
        for parent in set(node["depends_on"]["nodes"]) & place.keys():
            assert place[parent] < place[node["unique_id"]]
    before = settings.build_file.stat().st_mtime_ns
    layers = floor_of(settings)
    assert layers.keys() == {"staging", "intermediate", "core", "kpis", "scorecards"}
    assert all(seconds > 0 for seconds in layers.values())
    assert settings.build_file.stat().st_mtime_ns == before
    assert [path.name for path in settings.home.iterdir() if path.name.startswith("tmp")] == []


def test_sizes_stand_side_by_side() -> None:
    spent = {"wall": 60.0, "cpu": 100.0, "peak_mib": 2048.0}
    found = {
        "tickets": 30_000,
        "demo_files": {"wall": 4.0, "peak_mib": 300.0},
        "first_run": spent,
        "rebuild": spent,
        "floor": {"wall": 12.0},
        "job_over_floor": 5.0,
        "reading_ms": {"a": {"p50": 1.0, "p95": 2.5}, "b": {"p50": 1.0, "p95": 7.5}},
    }
    assert (
        table([found])[2] == "| 30,000 | 4.0 s | 60.0 s | 100.0 s | 2,048 | 60.0 s | 12.0 s | 5.0 | 7.5 ms |"
    )
