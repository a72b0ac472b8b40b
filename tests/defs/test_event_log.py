"""The event log with kept connections writes what Dagster's own class reads, and survives a wipe."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from orchestration.event_log import KEPT, KeptSqliteEventLog
from orchestration.settings import PROJECT_ROOT


@dg.asset
def an_asset() -> int:
    """One row per test."""
    return 1


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv("WAREHOUSE_HOME", str(tmp_path))
    home = tmp_path / "dagster_home"
    home.mkdir()
    shutil.copyfile(PROJECT_ROOT / "orchestration" / "dagster.yaml", home / "dagster.yaml")
    with dg.DagsterInstance.from_config(str(home)) as instance:
        yield instance


def log_of(instance: dg.DagsterInstance) -> KeptSqliteEventLog:
    log = instance.event_log_storage
    assert isinstance(log, KeptSqliteEventLog)
    return log


def events(log: SqliteEventLogStorage, run_id: str) -> list[str]:
    return [str(entry.dagster_event_type) for entry in log.get_logs_for_run(run_id)]


def test_the_instance_of_a_home_uses_it_and_dagsters_own_class_reads_it(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    run_id = dg.materialize([an_asset], instance=instance).run_id
    stock = SqliteEventLogStorage(str(tmp_path / "dagster_home" / "history" / "runs"))
    assert len(events(stock, run_id)) > 5
    assert events(stock, run_id) == events(log_of(instance), run_id)
    assert instance.get_latest_materialization_event(dg.AssetKey("an_asset")) is not None


def test_it_begins_anew_after_a_wipe(instance: dg.DagsterInstance) -> None:
    before = dg.materialize([an_asset], instance=instance).run_id
    instance.wipe()
    after = dg.materialize([an_asset], instance=instance).run_id
    assert events(log_of(instance), before) == []
    assert events(log_of(instance), after)


def test_it_keeps_few_databases_open(instance: dg.DagsterInstance) -> None:
    runs = [dg.materialize([an_asset], instance=instance).run_id for _ in range(KEPT + 2)]
    assert len(log_of(instance)._engines) <= KEPT
    assert all(events(log_of(instance), run_id) for run_id in runs)
