"""Each invariant is seen broken: a checker that always says that all is well would pass every other test."""

import fcntl
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing import audit
from orchestration.settings import Settings
from orchestration.sources.manifest import parquet_path, read_deliveries
from tests.chaos.invariants import Undisturbed, broken_invariants, rows_not_accounted_for, undisturbed
from tests.chaos.small_home import copy_of, make_home, next_run
from tests.publishing.synthetic import NOW

PHONE = "13800000001"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = make_home(tmp_path_factory.mktemp("whole") / "home")
    next_run(settings)
    assert broken_invariants(settings, undisturbed(settings), [PHONE]) == []
    return settings


@pytest.fixture
def home(whole: Settings, tmp_path: Path) -> Settings:
    return copy_of(whole, tmp_path / "home")


def version(settings: Settings) -> Path:
    return (settings.published / "current").resolve()


def change_a_value(settings: Settings) -> None:
    with duckdb.connect(str(version(settings) / "warehouse.duckdb")) as connection:
        connection.execute("update core.fct_tickets set hours = hours + 1 where ticket_key = 'crm:T1'")


def lose_the_snapshot(settings: Settings) -> None:
    (version(settings) / "warehouse.duckdb").unlink()


def tear_the_snapshot(settings: Settings) -> None:
    path = version(settings) / "warehouse.duckdb"
    path.write_bytes(path.read_bytes()[:4096])


def fail_the_gate(settings: Settings) -> None:
    path = version(settings) / "evidence.json"
    evidence = json.loads(path.read_text())
    evidence["gates"]["core"]["passed"] = False
    path.write_text(json.dumps(evidence))


def judge_other_rows(settings: Settings) -> None:
    path = version(settings) / "evidence.json"
    evidence = json.loads(path.read_text())
    evidence["gates"]["core"]["verdict"]["tables"][0]["hash"] = "0" * 64
    path.write_text(json.dumps(evidence))


def lose_a_delivery(settings: Settings) -> None:
    item = next(item for item in read_deliveries(settings.landing) if item.status == "landed")
    (settings.landing / "manifest" / item.table / f"{item.batch_id}.json").unlink()


def lose_rows(settings: Settings) -> None:
    item = next(item for item in read_deliveries(settings.landing) if item.status == "landed")
    parquet_path(settings.landing, item).unlink()


def land_rows_twice(settings: Settings) -> None:
    item = next(item for item in read_deliveries(settings.landing) if item.status == "landed")
    path = parquet_path(settings.landing, item)
    doubled = f"select * from '{path}' union all select * from '{path}'"
    duckdb.execute(f"copy ({doubled}) to '{path}.new' (format parquet)")
    Path(f"{path}.new").replace(path)


def lose_quarantined_rows(settings: Settings) -> None:
    (path,) = settings.quarantine.glob("*/*.jsonl")
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))


def left(name: str) -> Callable[[Settings], None]:
    def leave(settings: Settings) -> None:
        path = settings.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")

    return leave


def leave_a_run_started(settings: Settings) -> None:
    (settings.dagster_home / "history").mkdir(parents=True)
    with sqlite3.connect(settings.dagster_home / "history" / "runs.db") as connection:
        connection.execute("create table runs (run_id text, status text)")
        connection.execute("insert into runs values ('r1', 'STARTED'), ('r2', 'SUCCESS')")


def leave_a_slot_taken(settings: Settings) -> None:
    (settings.dagster_home / "history" / "runs").mkdir(parents=True)
    with sqlite3.connect(settings.dagster_home / "history" / "runs" / "index.db") as connection:
        connection.execute("create table concurrency_slots (run_id text, step_key text, deleted boolean)")
        connection.execute(
            "insert into concurrency_slots values ('r1', 'build_core', false), (null, '', false)"
        )


def change_a_line(settings: Settings) -> None:
    path = audit.log_path(settings.published)
    path.write_text(path.read_text().replace("b1", "b9", 1))


def log_a_build_twice(settings: Settings) -> None:
    last = [line for line in audit.read(settings.published) if line.kind == audit.BUILD_PUBLISHED][-1]
    audit.append(
        settings.published, settings.secret_key(), kind=last.kind, now=NOW, build_id=last.build_id,
        payload=last.payload,
    )  # fmt: skip


def print_a_phone_number(settings: Settings) -> None:
    (settings.home / "run.log").write_text(f"called {PHONE}")


BROKEN = [
    ("I1", change_a_value),
    ("I1", lose_the_snapshot),
    ("I1", tear_the_snapshot),
    ("I2", fail_the_gate),
    ("I2", judge_other_rows),
    ("I3", lose_a_delivery),
    ("I4", lose_rows),
    ("I4", land_rows_twice),
    ("I4", lose_quarantined_rows),
    ("I5", left("published/.tmp-1")),
    ("I5", left("landing/.tmp/desk/rows.parquet")),
    ("I5", left("warehouse/checks/b1/.core.json.12.tmp")),
    ("I5", left("warehouse/build.duckdb.wal")),
    ("I5", left("warehouse/spill-1/block.tmp")),
    ("I5", left("warehouse/writer.lock")),
    ("I5", left("secrets/.warehouse.key.12.tmp")),
    ("I5", leave_a_run_started),
    ("I5", leave_a_slot_taken),
    ("I6", change_a_line),
    ("I6", log_a_build_twice),
    ("I7", print_a_phone_number),
]


@pytest.mark.parametrize(("invariant", "fault"), BROKEN)
def test_each_invariant_is_seen_broken(
    invariant: str, fault: Callable[[Settings], None], home: Settings, whole: Settings
) -> None:
    fault(home)
    problems = broken_invariants(home, undisturbed(whole), [PHONE])
    assert any(problem.startswith(f"{invariant}: ") for problem in problems), problems


def test_all_invariants_are_seen_broken() -> None:
    assert {invariant for invariant, _ in BROKEN} == {f"I{number}" for number in range(1, 8)}


def test_other_tables_than_those_of_an_undisturbed_run_are_named(whole: Settings) -> None:
    expected = undisturbed(whole)
    tables = {name: {"rows": 0, "hash": ""} for name in expected.tables}
    problems = broken_invariants(whole, Undisturbed(tables, expected.deliveries))
    assert problems == [f"I3: {name} is not that of an undisturbed run" for name in sorted(tables)]


def test_a_lock_that_is_held_is_seen(whole: Settings) -> None:
    with (whole.warehouse / "writer.lock").open("a+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert "I5: the writer's lock is held" in broken_invariants(whole)


@pytest.mark.parametrize(
    ("staged", "in_fact", "problem"),
    [
        (4, 3, None),
        (3, 3, "crm_tickets: 4 rows landed, 3 staged"),
        (4, 4, "crm_tickets: 4 rows landed, 4 stand in core.fct_tickets, 1 repeat a key"),
        (4, 2, "crm_tickets: 4 rows landed, 2 stand in core.fct_tickets, 1 repeat a key"),
    ],
)
def test_rows_are_followed_into_staging_and_the_fact(
    home: Settings, staged: int, in_fact: int, problem: str | None
) -> None:
    contract = (home.contracts_dir / "desk.yaml").read_text().replace("source: desk", "source: crm")
    (home.contracts_dir / "desk.yaml").rename(home.contracts_dir / "crm.yaml").write_text(contract)
    for path in (home.landing / "manifest" / "desk_tickets").iterdir():
        record = json.loads(path.read_text()) | {"table": "crm_tickets", "source": "crm"}
        path.unlink()
        if record["landed_rows"] == 4:
            target = home.landing / "manifest" / "crm_tickets" / path.name
            target.parent.mkdir()
            target.write_text(json.dumps(record))
    (home.landing / "desk_tickets").rename(home.landing / "crm_tickets")
    (home.quarantine / "desk_tickets").rename(home.quarantine / "crm_tickets")
    with duckdb.connect(str(home.work_file)) as connection:
        connection.execute("create schema staging;")
        connection.execute(f"create view staging.stg_crm__tickets as from range({staged})")
    with duckdb.connect(str(home.build_file)) as connection:
        connection.execute(
            "create table raw.crm_tickets as select * from (values (1), (1), (2), (3)) as rows(ticket_id);"
            f"create or replace table core.fct_tickets as select range from range({in_fact})"
        )
    assert list(rows_not_accounted_for(home)) == ([problem] if problem else [])
