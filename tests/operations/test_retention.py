"""Retention removes what is past its days and nothing else, after a line in the audit log."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from orchestration.operations import retention
from orchestration.operations.rules import Removal, Rules
from orchestration.operations.run_records import old_runs, remove_old_runs
from orchestration.publishing import audit
from orchestration.publishing.verification import verify
from orchestration.settings import Settings
from orchestration.sources.manifest import current_deliveries, parquet_path, read_deliveries
from orchestration.warehouse.lock import WarehouseLockedError, writer_lock
from tests.operations.conftest import tree
from tests.operations.runs import run_of
from tests.publishing.synthetic import KEY, NOW, build_and_publish
from tests.sources.landing_room import HEADER, TICKETS, LandingRoom, rows

RULES = Rules()


@pytest.fixture
def home(settings: Settings) -> Settings:
    """The home with the contract of what it landed; all its files were written at NOW."""
    LandingRoom(settings.home).contract()
    for path in settings.home.rglob("*"):
        if not path.is_symlink():
            written(path, NOW)
    return replace(settings, contracts_dir=settings.home / "contracts")


def written(path: Path, when: datetime) -> None:
    os.utime(path, (when.timestamp(), when.timestamp()))


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


def planned(settings: Settings, days: float, rules: Rules = RULES) -> list[tuple[str, str]]:
    """(kind, path below the home) of what goes `days` after everything was written."""
    removals = retention.plan(settings, rules, after(days))
    return [(item.kind, item.path.relative_to(settings.home).as_posix().split("/")[0]) for item in removals]


def test_nothing_goes_before_its_day(home: Settings) -> None:
    assert planned(home, 29.9) == []
    assert planned(home, 90) == []


def test_raw_rows_go_after_the_days_of_quarantine(home: Settings) -> None:
    assert planned(home, 90.1) == [("quarantine", "quarantine")]
    assert planned(home, 60.1, Rules(quarantine_days=60)) == [("quarantine", "quarantine")]


def test_quarantine_never_outlives_the_personal_columns_of_its_table(home: Settings) -> None:
    strict = [
        column | ({"retention_days": 30} if column["name"] == "remark" else {})
        for column in TICKETS["columns"]
    ]
    LandingRoom(home.home).contract(columns=strict)
    assert planned(home, 30) == []
    assert planned(home, 30.1) == [("quarantine", "quarantine")]


def test_raw_identifiers_go_after_the_days_of_their_contract(home: Settings) -> None:
    assert ("vault", "vault") not in planned(home, 365)
    assert ("vault", "vault") in planned(home, 365.1)


def test_no_rule_lengthens_the_days_of_a_contract(home: Settings) -> None:
    assert ("vault", "vault") in planned(home, 365.1, Rules(quarantine_days=9999, superseded_days=9999))


def test_identifiers_that_no_contract_names_go_with_the_quarantine(home: Settings) -> None:
    (home.vault / "desk_tickets").rename(home.vault / "gone_tickets")
    assert ("vault", "vault") not in planned(home, 90)
    assert ("vault", "vault") in planned(home, 90.1)


def with_two_identifiers(settings: Settings) -> Path:
    """A vault file with `phone` (365 days) and `mail` (100 days), of a contract that says so."""
    mail = {"name": "mail", "type": "text", "personal": "direct", "purpose": "answer", "retention_days": 100}
    LandingRoom(settings.home).contract(columns=[*TICKETS["columns"], mail])
    (path,) = settings.vault.glob("*/*.parquet")
    duckdb.sql(
        "copy (select 1 as _row_number, 'p' as phone, '138' as phone_raw, 'm' as mail, 'a@b' as mail_raw)"
        f" to '{path}' (format parquet)"
    )
    written(path, NOW)
    return path


def test_of_two_identifiers_only_the_one_past_its_days_goes(home: Settings) -> None:
    path = with_two_identifiers(home)
    removals = retention.apply(home, RULES, after(101))
    assert [(item.kind, item.columns) for item in removals if item.kind == "vault"] == [("vault", ("mail",))]
    assert duckdb.sql(f"select * from '{path}'").fetchall() == [(1, "p", "138")]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_mtime == NOW.timestamp(), "the rest keeps its age"
    assert not [item for item in retention.plan(home, RULES, after(101)) if item.kind == "vault"]
    retention.apply(home, RULES, after(366))
    assert not path.exists()


def test_a_replaced_full_file_goes_and_its_record_stays(home: Settings) -> None:
    room = LandingRoom(home.home)
    contract = room.contract(delivery="full")
    (old,) = read_deliveries(home.landing)
    room.deliver("tickets_2.csv", HEADER + rows(2))
    _, new = room.land(contract, key=KEY.encode())
    for item in (old, new):
        written(parquet_path(home.landing, item), NOW)
    assert ("superseded landing", "landing") not in planned(home, 90.1), "the file still lies in the inbox"
    (home.inbox / "desk" / "tickets_1.csv").unlink()
    assert ("superseded landing", "landing") not in planned(home, 90)
    retention.apply(home, RULES, after(90.1))
    assert not parquet_path(home.landing, old).exists()
    assert parquet_path(home.landing, new).exists()
    assert {item.batch_id for item in read_deliveries(home.landing)} == {old.batch_id, new.batch_id}


def test_a_replaced_file_that_is_delivered_again_does_not_become_the_newest(home: Settings) -> None:
    room = LandingRoom(home.home)
    contract = room.contract(delivery="full")
    (old,) = read_deliveries(home.landing)
    room.deliver("tickets_2.csv", HEADER + rows(2))
    _, new = room.land(contract, key=KEY.encode())
    parquet_path(home.landing, old).unlink()
    again, _ = room.land(contract, key=KEY.encode())
    assert (again.batch_id, again.sequence, again.outcome) == (old.batch_id, old.sequence, "landed")
    current = current_deliveries(contract.tables["tickets"], read_deliveries(home.landing))
    assert [item.batch_id for item in current] == [new.batch_id]


def test_the_inbox_is_touched_only_when_a_rule_says_so(home: Settings) -> None:
    waiting = home.inbox / "desk" / "waiting.csv"
    waiting.write_text("not landed yet")
    written(waiting, NOW)
    assert ("inbox", "inbox") not in planned(home, 9999)
    retention.apply(home, Rules(inbox_days=10), after(10.1))
    assert [path.name for path in (home.inbox / "desk").iterdir()] == ["waiting.csv"]


def test_what_stays_beyond_its_days_is_said(home: Settings) -> None:
    assert retention.notes(home, after(365)) == []
    inbox, text = retention.notes(home, after(365.1))
    assert inbox.startswith("inbox/desk: 1 delivered files of desk_tickets are older than the 365 days")
    assert text.startswith("landing/desk_tickets: 1 files hold masked remark of more than 365 days")


def test_records_of_builds_that_are_not_published_go(home: Settings) -> None:
    for build in ("b1", "b0"):
        path = home.warehouse / "verdicts" / build / "core.json"
        path.parent.mkdir(exist_ok=True)
        path.touch()
        written(path, NOW)
    assert ("build records", "warehouse") not in planned(home, 90)
    retention.apply(home, RULES, after(90.1))
    assert [path.name for path in (home.warehouse / "verdicts").iterdir()] == ["b1"]


def test_output_of_steps_goes(home: Settings) -> None:
    output = home.dagster_home / "storage" / "run-1" / "compute_logs" / "step.out"
    output.parent.mkdir(parents=True)
    output.touch()
    written(output, NOW)
    assert planned(home, 30) == []
    retention.apply(home, RULES, after(30.1))
    assert not (home.dagster_home / "storage" / "run-1").exists()


def test_builds_beyond_those_kept_go_with_their_line(home: Settings) -> None:
    build_and_publish(home, "b2")
    assert retention.old_builds(home, Rules(builds_kept=1)) == ["b1"]
    retention.apply(home, Rules(builds_kept=1), NOW)
    assert [path.name for path in (home.published / "versions").iterdir()] == ["b2"]
    assert [line.kind for line in audit.read(home.published)][-1] == audit.BUILDS_RETIRED


def test_the_audit_line_names_what_went_and_the_rules(home: Settings) -> None:
    names = sorted(path.relative_to(home.home).as_posix() for path in home.vault.glob("*/*.parquet"))
    retention.apply(home, RULES, after(366))
    line = audit.read(home.published)[-1]
    assert (line.kind, line.build_id) == ("retention_applied", "b1")
    assert line.payload["counts"]["vault"] == len(names) == 1
    assert set(names) <= set(line.payload["removed"])
    assert line.payload["rules"]["quarantine_days"] == 90
    assert verify(home.published, KEY.encode()) == []


def test_a_plan_changes_nothing_and_nothing_to_do_leaves_no_line(home: Settings) -> None:
    before, lines = tree(home.home), audit.read(home.published)
    assert retention.plan(home, RULES, after(9999))
    assert tree(home.home) == before
    assert retention.apply(home, RULES, NOW) == []
    assert audit.read(home.published) == lines


def test_a_death_after_the_line_leaves_the_rest_to_the_next(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_settings: Settings, _removal: Removal) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(retention, "_remove", die)
        with pytest.raises(KeyboardInterrupt):
            retention.apply(home, RULES, after(366))
    assert list(home.vault.glob("*/*.parquet"))
    retention.apply(home, RULES, after(366))
    assert not list(home.vault.glob("*/*.parquet"))
    assert verify(home.published, KEY.encode()) == []


def test_retention_waits_for_a_run(home: Settings) -> None:
    with writer_lock(home.warehouse, holder="run 4711"), pytest.raises(WarehouseLockedError, match="4711"):
        retention.apply(home, RULES, after(366), wait_seconds=0)


def test_old_runs_go_but_the_newest_success_of_each_job_stays() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        first, second, failed = (
            run_of(instance, "refresh", succeeds=True),
            run_of(instance, "refresh", succeeds=True),
            run_of(instance, "refresh", succeeds=False),
        )
        other = run_of(instance, "publish", succeeds=False)
        now = datetime.now(UTC)
        assert old_runs(instance, 1, now + timedelta(hours=23)) == []
        gone = old_runs(instance, 1, now + timedelta(hours=25))
        assert set(gone) == {first, failed, other}
        assert second not in gone


def test_runs_are_removed_from_the_home_with_their_files(home: Settings) -> None:
    (home.dagster_home / "history" / "runs.db").unlink()
    (home.dagster_home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    with dg.DagsterInstance.from_config(str(home.dagster_home)) as instance:
        failed = run_of(instance, "refresh", succeeds=False)
    shard = home.dagster_home / "history" / "runs" / f"{failed}.db"
    later = datetime.now(UTC) + timedelta(days=181)
    assert remove_old_runs(home, 180, later, dry=True) == 1
    assert shard.exists()
    assert remove_old_runs(home, 180, later, dry=False) == 1
    assert not shard.exists()
    assert remove_old_runs(home, 180, later, dry=False) == 0


def command(home: Settings, *arguments: str) -> Any:
    environment = {**os.environ, "WAREHOUSE_HOME": str(home.home), "WAREHOUSE_KEY": KEY}
    return subprocess.run(
        [sys.executable, "-m", "orchestration", "retention", *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_removes_only_when_told(home: Settings) -> None:
    output = home.dagster_home / "storage" / "run-1" / "compute_logs" / "step.out"
    output.parent.mkdir(parents=True)
    output.touch()
    written(output, datetime(2020, 1, 1, tzinfo=UTC))
    said = command(home, "--list")
    assert said.returncode == 0, said.stderr
    assert "     1  run output: what steps printed" in said.stdout
    assert f"{output}: past 30 days" in said.stdout
    assert said.stdout.endswith("Nothing was removed; --apply removes it.\n")
    assert output.exists()
    assert command(home, "--apply").stdout.endswith("Removed.\n")
    assert not output.exists()
    assert command(home, "--quarantine-days", "0").returncode == 2
