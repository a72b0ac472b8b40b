"""A run whose process is gone is closed at the next start; one that may live is left alone."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import dagster as dg
import pytest

from orchestration.__main__ import main
from orchestration.operations.dead_runs import close_dead_runs, process_lives, wait_for_code_server
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.warehouse.lock import writer_lock
from tests.operations.runs import run_that_was_killed


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home with the instance that `make run` makes."""
    monkeypatch.setenv("WAREHOUSE_HOME", str(tmp_path))
    settings = Settings(home=tmp_path, key_from_environment="a key that is long enough")
    settings.dagster_home.mkdir()
    text = (PROJECT_ROOT / "orchestration" / "dagster.yaml").read_text(encoding="utf-8")
    (settings.dagster_home / "dagster.yaml").write_text(text, encoding="utf-8")
    return settings


def test_a_dead_run_is_closed_at_the_next_start(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with dg.DagsterInstance.from_config(str(home.dagster_home)) as instance:
        run_id = run_that_was_killed(instance)
        with writer_lock(home.warehouse, holder="a run elsewhere"):
            assert close_dead_runs(instance, home) == [], "its process may be one that we cannot see"
    assert main(["recover"]) == 0
    assert f"Run {run_id} had died" in capsys.readouterr().out
    with dg.DagsterInstance.from_config(str(home.dagster_home)) as instance:
        run = instance.get_run_by_id(run_id)
        assert run is not None
        assert run.status is dg.DagsterRunStatus.FAILURE
        assert instance.event_log_storage.claim_concurrency_slot("warehouse", "next", "step").is_claimed
        assert close_dead_runs(instance, home) == []


def test_a_run_that_lives_is_left_alone(home: Settings) -> None:
    seen: list[list[str]] = []

    @dg.op
    def look(context: dg.OpExecutionContext) -> None:
        seen.append(close_dead_runs(context.instance, home))

    with dg.DagsterInstance.from_config(str(home.dagster_home)) as instance:
        job = dg.GraphDefinition(name="living", node_defs=[look]).to_job()
        assert job.execute_in_process(instance=instance).success
    assert seen == [[]]


def test_a_process_is_known_by_its_number_and_its_age() -> None:
    ours = os.getpid()
    assert process_lives(ours, time.time())
    assert not process_lives(ours, 0), "a process that began after the run has only its number"
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        time.sleep(0.5)
        assert not process_lives(process.pid, time.time()), "it has ended; only its status waits"
    assert not process_lives(process.pid, time.time())


def test_a_home_without_an_instance_has_no_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_HOME", str(tmp_path))
    assert main(["recover"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_runs_are_looked_at_once_the_code_server_listens(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        assert main(["recover", "--after-port", str(port), "--wait", "0"]) == 2
        assert f"No code server listens on port {port}" in capsys.readouterr().err
        threading.Timer(0.6, server.listen).start()
        assert wait_for_code_server(port, 30, settle_seconds=0)
