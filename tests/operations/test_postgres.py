"""The production instance of Dagster on a real PostgreSQL: `deploy/dagster.yaml` as it is delivered."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from orchestration.doctor.dagster_home import check_dagster_home
from orchestration.operations.dead_runs import close_dead_runs
from orchestration.operations.run_records import remove_old_runs
from orchestration.settings import PROJECT_ROOT, Settings
from tests.operations.postgres import Database, database
from tests.operations.runs import run_of, run_that_was_killed

pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Database]:
    with database() as running:
        yield running


@pytest.fixture
def production(postgres: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home whose Dagster instance is the production one, on an empty database."""
    for name, value in postgres.variables.items():
        monkeypatch.setenv(name, value)
    settings = Settings(home=tmp_path, key_from_environment="a key that is long enough")
    settings.dagster_home.mkdir()
    shutil.copyfile(PROJECT_ROOT / "deploy" / "dagster.yaml", settings.dagster_home / "dagster.yaml")
    with instance_of(settings) as instance:
        instance.wipe()
    return settings


def instance_of(settings: Settings) -> dg.DagsterInstance:
    return dg.DagsterInstance.from_config(str(settings.dagster_home))


def test_runs_and_events_are_kept_in_postgresql(production: Settings) -> None:
    with instance_of(production) as instance:
        kinds = {
            type(instance.run_storage),
            type(instance.event_log_storage),
            type(instance.schedule_storage),
        }
        assert {kind.__name__ for kind in kinds} == {
            "PostgresRunStorage", "PostgresEventLogStorage", "PostgresScheduleStorage",
        }  # fmt: skip
        run_id = run_of(instance, "refresh", succeeds=True)
    with instance_of(production) as another_process:
        run = another_process.get_run_by_id(run_id)
        assert run is not None
        assert run.status is dg.DagsterRunStatus.SUCCESS
        assert len(another_process.all_logs(run_id)) > 5
    assert not list(production.dagster_home.rglob("*.db")), "nothing of it is kept in the home"


def test_one_run_at_a_time_and_only_dead_ones_are_repeated(production: Settings) -> None:
    with instance_of(production) as instance:
        settings = instance.get_settings
        assert settings("run_retries") == {
            "enabled": True, "max_retries": 1, "retry_on_asset_or_op_failure": False,
        }  # fmt: skip
        assert settings("run_monitoring")["enabled"] is True
        assert settings("run_monitoring")["max_runtime_seconds"] > 0
        assert settings("telemetry") == {"enabled": False}
        concurrency = instance.get_concurrency_config()
        assert concurrency.pool_config.default_pool_limit == 1
        assert concurrency.run_queue_config is not None
        assert concurrency.run_queue_config.max_concurrent_runs == 1


def test_the_pool_of_the_warehouse_has_one_slot(production: Settings) -> None:
    with instance_of(production) as instance:
        storage = instance.event_log_storage
        assert storage.initialize_concurrency_limit_to_default("warehouse")
        first = storage.claim_concurrency_slot("warehouse", "run-1", "step")
        second = storage.claim_concurrency_slot("warehouse", "run-2", "step")
        assert (first.is_claimed, second.is_claimed) == (True, False)
        storage.free_concurrency_slots_for_run("run-1")
        assert storage.claim_concurrency_slot("warehouse", "run-2", "step").is_claimed


def test_a_run_that_died_is_closed_and_its_slot_is_free(production: Settings) -> None:
    with instance_of(production) as instance:
        run_id = run_that_was_killed(instance)
        assert close_dead_runs(instance, production) == [run_id]
        run = instance.get_run_by_id(run_id)
        assert run is not None
        assert run.status is dg.DagsterRunStatus.FAILURE
        assert run.tags["dagster/will_retry"] == "true", "the daemon repeats it"
        assert instance.event_log_storage.claim_concurrency_slot("warehouse", "next", "step").is_claimed


def test_a_red_gate_is_not_repeated(production: Settings) -> None:
    with instance_of(production) as instance:
        run = instance.get_run_by_id(run_of(instance, "refresh", succeeds=False))
        assert run is not None
        assert run.tags.get("dagster/will_retry") != "true"


def test_old_runs_go_from_postgresql_too(production: Settings) -> None:
    with instance_of(production) as instance:
        run_id = run_of(instance, "refresh", succeeds=False)
    later = datetime.now(UTC) + timedelta(days=181)
    assert remove_old_runs(production, 180, later, dry=False) == 1
    with instance_of(production) as instance:
        assert not instance.has_run(run_id)
        assert instance.all_logs(run_id) == []


def test_the_doctor_says_when_the_database_is_away(production: Settings, postgres: Database) -> None:
    (finding,) = check_dagster_home(production)
    assert (finding.state, finding.found) == ("ok", "PostgresRunStorage answers, 0 runs")
    postgres.stop()
    try:
        (finding,) = check_dagster_home(production)
    finally:
        postgres.start()
    assert finding.state == "fault"
    assert "does not answer" in finding.found
    assert "Connection refused" in finding.found


def test_the_doctor_says_which_variable_is_missing(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGSTER_PG_PASSWORD")
    (finding,) = check_dagster_home(production)
    assert finding.state == "fault"
    assert finding.found.endswith("dagster.yaml needs DAGSTER_PG_PASSWORD")
