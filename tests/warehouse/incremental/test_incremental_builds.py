"""Whatever is delivered in whatever order and runs: an incremental build has the rows of a full one."""

import os
import shutil
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pytest
import yaml

from orchestration.demo.generate import write_company
from orchestration.settings import CONTRACTS_DIR, Settings
from orchestration.sources.manifest import all_tables
from orchestration.sources.raw_schema import register_raw
from orchestration.warehouse.build_files import opened_build
from orchestration.warehouse.dbt_build import read_manifest
from orchestration.warehouse.identity import code_fingerprint
from orchestration.warehouse.increment import Wish, complete, foundation
from orchestration.warehouse.prepare import EPOCH, contracts_in, prepare_build
from tests.dbt_project.builds import begun, landed
from tests.warehouse.incremental.company import deliver, random_runs
from tests.warehouse.incremental.replay import (
    beside,
    bring_back,
    in_other,
    put_aside,
    recorded,
    replay,
    selection_of,
)

UCI = """
insert into uci_incident_incident_events by name
select
    'INC' || cast(i // 5 as varchar) as incident_number,
    ['New', 'Active', 'Awaiting User Info', 'Resolved', 'Closed'][i % 5 + 1] as incident_state,
    i % 5 as sys_mod_count,
    0 as reassignment_count,
    0 as reopen_count,
    'Caller ' || cast(i // 5 % 4 as varchar) as caller_id,
    'Category ' || cast(i // 5 % 2 as varchar) as category,
    '3 - Moderate' as priority,
    'Group 1' as assignment_group,
    'Resolver ' || cast(i % 3 as varchar) as assigned_to,
    timestamp '2016-03-01' + i * interval 7 hour as sys_updated_at,
    timestamp '2016-03-01' + i // 5 * interval 35 hour as opened_at,
    timestamp '2016-03-01' + (i // 5 * 35 + 21) * interval 1 hour as resolved_at,
    timestamp '2016-03-01' + (i // 5 * 35 + 28) * interval 1 hour as closed_at,
    'uci' as _batch_id,
    i as _row_number
from range(60) as numbers (i)
"""
FEW_CUSTOMERS = """
update crm_tickets set customer_id = (
    select list(customer_id order by customer_id) from crm_customers
)[cast(hash(ticket_id) % 60 as bigint) + 1]
"""


@dataclass(frozen=True)
class Room:
    """A company's rows, a full build of some company, and dbt's statements that change it into another one.

    Views are left as they stand in `template`, and so is what is made of seeds alone.
    """

    company: Path
    contracts: Path
    template: Path
    kept: tuple[str, ...]
    full: list[str]
    increment: list[str]


def contracts_with_marks(folder: Path) -> Path:
    """The contracts, but that the CRM marks deleted tickets and events in feeds of changes."""
    shutil.copytree(CONTRACTS_DIR, folder)
    crm = yaml.safe_load((folder / "crm.yaml").read_text(encoding="utf-8"))
    for name, clock in (("tickets", "updated_at"), ("ticket_events", "event_at")):
        crm["tables"][name] |= {"delivery": "upsert", "updated_at": clock}
        crm["tables"][name]["deleted_when"] = {"column": "op", "equals": "D"}
        crm["tables"][name]["columns"].append({"name": "op", "type": "text"})
    (folder / "crm.yaml").write_text(yaml.safe_dump(crm, allow_unicode=True), encoding="utf-8")
    return folder


def noted_complete(settings: Settings) -> None:
    complete(settings, foundation(settings, code_fingerprint()))


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    home = tmp_path_factory.mktemp("company")
    write_company(home / "inbox", tickets=100, months=1)
    build = landed(home)
    settings = build.settings
    company = home / "company.duckdb"
    with duckdb.connect(str(company)) as connection:
        contracts = contracts_in(settings.contracts_dir)
        register_raw(
            connection,
            contracts,
            settings.landing,
            build_id="",
            as_of=EPOCH,
            reporting_time_zone="UTC",
            minimum_n=5,
        )
        for table in all_tables(contracts):
            connection.execute(f"create table {table.raw_name} as select * from raw.{table.raw_name}")
        connection.execute("drop schema raw cascade")
        for name in ("crm_tickets", "crm_ticket_events"):
            connection.execute(f"alter table {name} add column op varchar default 'U'")
        connection.execute(UCI)
        connection.execute(FEW_CUSTOMERS)
    selection = selection_of(read_manifest(settings))
    recorded(settings, selection.constant)
    full = recorded(settings, selection.replayed)
    template = put_aside(settings, home / "template")
    noted_complete(settings)
    prepare_build(settings)
    increment = recorded(settings, selection.replayed)
    tables = [sql for sql in full if not sql.startswith("create or replace view")]
    marked = contracts_with_marks(home / "contracts")
    # Views that name reasons stay among them, for one to be left out.
    changed = [sql for sql in increment if sql in tables or sql not in full or is_reason(sql)]
    return Room(company, marked, template, selection.kept, tables, changed)


def is_reason(sql: str) -> bool:
    return "int_increments__" in sql.partition(" as ")[0]


def made(settings: Settings, room: Room, wish: Wish | None = None) -> bool:
    """A build of what has landed; returns whether it continued the one before."""
    with patch("orchestration.warehouse.prepare._empty_files", partial(bring_back, room.template)):
        prepare_build(settings, wish)
    with opened_build(settings, read_only=False) as connection:
        row = connection.execute("select is_incremental from raw.increment").fetchone()
        assert row is not None
        replay(connection, room.increment if row[0] else room.full)
    noted_complete(settings)
    return bool(row[0])


def differences(settings: Settings, other: Path, room: Room) -> dict[str, list[Any]]:
    """Rows that only one of two builds has, by table; a few of each."""
    nodes = read_manifest(settings)["nodes"]
    found = {}
    with opened_build(settings) as connection, beside(connection, other):
        for key in room.kept:
            name = nodes[key]["relation_name"]
            rows = connection.execute(
                f"(select 'full' as only_in, * from (from {name} except all from {in_other(name)})) union all"
                f" (select 'incremental' as only_in, * from (from {in_other(name)} except all from {name}))"
            ).fetchall()
            if rows:
                found[f"{name} ({len(rows)})"] = rows[:4]
    return found


def run_case(seed: int, home: Path, room: Room) -> dict[str, list[Any]]:
    settings = replace(begun(home).settings, contracts_dir=room.contracts)
    tables = all_tables(contracts_in(settings.contracts_dir))
    with duckdb.connect(str(room.company), read_only=True) as company:
        company.execute("set threads = 1")
        for number, run in enumerate(random_runs(tables, seed)):
            deliver(company, tables, run, number, settings.landing)
            assert made(settings, room) == (number > 0)
    incremental = put_aside(settings, home / "incremental")
    assert not made(settings, room, Wish(full_refresh=True))
    return differences(settings, incremental, room)


@pytest.mark.parametrize("seed", range(3))
def test_an_incremental_build_has_the_rows_of_a_full_one(seed: int, tmp_path: Path, room: Room) -> None:
    assert run_case(seed, tmp_path, room) == {}


TOUCHED, MEMBERS, TIME = "touched_tickets", "tickets_of_members", "tickets_of_time"
DELIVERED, EVENTS, CHANGED = "tickets_delivered", "touched_events", "changed_tickets"
# Which rows are made anew, and why: a model of `intermediate/increments`, and the part of it to be left out.
REASONS = {
    "deliveries": (TOUCHED, 'tickets_delivered"', 'tickets_delivered" where false'),
    "stages": (TOUCHED, 'changed_stages"', 'changed_stages" where false'),
    "reviews": (TOUCHED, 'changed_reviews"', 'changed_reviews" where false'),
    "members": (TOUCHED, 'tickets_of_members"', 'tickets_of_members" where false'),
    "sources": (TOUCHED, 'tickets_of_sources"', 'tickets_of_sources" where false'),
    "time": (TOUCHED, 'tickets_of_time"', 'tickets_of_time" where false'),
    "agents": (MEMBERS, "members.member_type = 'agent'", "false"),
    "teams": (MEMBERS, "members.member_type = 'team'", "false"),
    "customers": (MEMBERS, "members.member_type = 'customer'", "false"),
    "products": (MEMBERS, "members.member_type = 'product'", "false"),
    "open clocks": (TIME, "where milestones.resolved_at is null", "where false"),
    "targets": (TIME, "or clocks.resolution_due_at between", "or false and clocks.resolution_due_at between"),
    "inspections": (TIME, "spans.bound = 'inspection'", "false"),
    "neighbours": (DELIVERED, "on tickets.customer_id = askers.customer_id", "on false"),
    "calls": (DELIVERED, "on calls.batch_id = batches.batch_id", "on false"),
    "limits of stages": (TIME, "where limits.due_at between", "where false and limits.due_at between"),
    "deletions": (CHANGED, "marks.change = 'new'", "false"),
    "events": (EVENTS, 'touched_tickets"', 'touched_tickets" where false'),
}


def without(room: Room, reason: str) -> Room:
    model, part, instead = REASONS[reason]
    patched = []
    for sql in room.increment:
        if f'"int_increments__{model}"' in sql.partition(" as ")[0]:
            assert part in sql, sql
            sql = sql.replace(part, instead)  # noqa: PLW2901 - the statement, patched
        patched.append(sql)
    assert patched != room.increment
    return replace(room, increment=patched)


@pytest.mark.long
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_needed(reason: str, tmp_path: Path, room: Room) -> None:
    """Of some cases at least one finds the rows that are missed when a reason to touch them is left out."""
    patched = without(room, reason)
    assert any(run_case(seed, tmp_path / str(seed), patched) for seed in range(60))


@pytest.mark.long
def test_two_hundred_random_cases(tmp_path: Path, room: Room) -> None:
    for seed in range(1000, 1000 + int(os.environ.get("INCREMENTAL_CASES", "200"))):
        home = tmp_path / str(seed)
        assert run_case(seed, home, room) == {}, seed
        shutil.rmtree(home)
