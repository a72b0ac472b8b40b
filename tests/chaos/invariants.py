"""The invariants I1 to I7 of a home, asked after a fault and one more run: what is broken, in words."""

import fcntl
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow.parquet

from orchestration.publishing import audit
from orchestration.publishing.manifest import (
    EVIDENCE,
    GATES,
    MANIFEST,
    SNAPSHOT,
    problems_of_gates,
    problems_of_version,
)
from orchestration.publishing.verification import verify
from orchestration.quality.hashing import MissingTableError, table_hash
from orchestration.settings import Settings
from orchestration.sources.contract import load_contracts
from orchestration.sources.manifest import (
    Delivery,
    all_tables,
    current_by_table,
    parquet_path,
    read_deliveries,
)
from orchestration.warehouse.build_files import opened_build
from tests.end_to_end.leaks import places_of

# Personal values may stay where they are delivered and kept for call-backs (decision 0050).
MAY_HOLD_PERSONAL_VALUES = {"inbox", "vault", "quarantine", "demo_ground_truth.json"}
LEFTOVERS = (
    *("**/.tmp-*", "**/.*.tmp", "**/*.part", "**/*.wal", "landing/.tmp/**/*", "warehouse/spill*"),
    *("warehouse/*.duckdb.tmp", ".restoring", "secrets/.*", "dagster_home/.tmp*"),
)
# Tables of the demo company whose repeated keys stand once in a fact.
FACTS = {
    "crm_tickets": "core.fct_tickets",
    "crm_ticket_events": "core.fct_ticket_events",
    "survey_surveys": "core.fct_survey_responses",
    "shop_orders": "core.fct_orders",
}
UNFINISHED_RUNS = "select run_id from runs where status in ('STARTED', 'STARTING', 'CANCELING')"
TAKEN_SLOTS = "select step_key from concurrency_slots where run_id is not null and not deleted"


@dataclass(frozen=True)
class Undisturbed:
    """What a run that nobody disturbed leaves: published tables with rows and hashes, and deliveries."""

    tables: Mapping[str, Any]
    deliveries: frozenset[tuple[str, str, int]]


def undisturbed(settings: Settings) -> Undisturbed:
    """The state of a home to compare others with."""
    manifest = json.loads((settings.published / "current" / MANIFEST).read_text(encoding="utf-8"))
    listed = read_deliveries(settings.landing)
    deliveries = frozenset((item.batch_id, item.status, item.landed_rows) for item in listed)
    return Undisturbed(manifest["tables"], deliveries)


def broken_invariants(
    settings: Settings, expected: Undisturbed | None = None, canaries: Collection[str] = ()
) -> list[str]:
    """A line per broken invariant, empty when all hold; I3 is asked with `expected`, I7 with `canaries`."""
    return [
        *(f"I1: {what}" for what in control_totals(settings)),
        *(f"I2: {what}" for what in verdicts(settings)),
        *(f"I3: {what}" for what in differences(settings, expected)),
        *(f"I4: {what}" for what in rows_not_accounted_for(settings)),
        *(f"I5: {what}" for what in leftovers(settings)),
        *(f"I6: {what}" for what in audit_problems(settings)),
        *(f"I7: {what}" for what in leaks(settings, canaries)),
    ]


def control_totals(settings: Settings) -> Iterator[str]:
    """I1: the served snapshot opens, and every file and table is the one that the manifest names."""
    version = (settings.published / "current").resolve()
    if problems := problems_of_version(version):
        yield from problems
        return
    manifest = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
    try:
        with duckdb.connect(str(settings.published / SNAPSHOT), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            for name, total in manifest["tables"].items():
                found = table_hash(connection, *name.split(".", 1))
                if (found.rows, found.hash) != (total["rows"], total["hash"]):
                    yield f"{name} has {found.rows} rows, the manifest says {total['rows']} with another hash"
    except (duckdb.Error, MissingTableError) as error:
        yield f"the snapshot cannot be read: {type(error).__name__}: {error}"


def verdicts(settings: Settings) -> Iterator[str]:
    """I2: the served build passed both gates, with exactly the tables that are served."""
    version = (settings.published / "current").resolve()
    try:
        evidence = json.loads((version / EVIDENCE).read_text(encoding="utf-8"))
        tables = json.loads((version / MANIFEST).read_text(encoding="utf-8"))["tables"]
    except (OSError, ValueError) as error:
        yield f"there is no evidence: {error}"
        return
    if problems := problems_of_gates(evidence):
        yield from problems
        return
    judged = {
        table["table"]: table["hash"]
        for gate in GATES
        for table in evidence["gates"][gate]["verdict"]["tables"]
    }
    yield from (
        f"{name} was not judged as it is" for name in tables if judged.get(name) != tables[name]["hash"]
    )


def differences(settings: Settings, expected: Undisturbed | None) -> Iterator[str]:
    """I3: the same deliveries and the same published tables as those of an undisturbed run."""
    if expected is None:
        return
    found = undisturbed(settings)
    if found.deliveries != expected.deliveries:
        yield f"{len(found.deliveries ^ expected.deliveries)} deliveries are not those of an undisturbed run"
    for name in sorted(found.tables.keys() | expected.tables.keys()):
        if found.tables.get(name) != expected.tables.get(name):
            yield f"{name} is not that of an undisturbed run"


def rows_not_accounted_for(settings: Settings) -> Iterator[str]:
    """I4: delivered = landed + quarantined, counted in the files; landed = staged + de-duplicated."""
    deliveries = read_deliveries(settings.landing)
    for item in deliveries:
        if item.status == "landed":
            yield from _not_landed(settings, item)
    contracts = load_contracts(settings.contracts_dir)
    keys = {table.raw_name: table.key for table in all_tables(contracts)}
    current = current_by_table(contracts, deliveries)
    if not (settings.build_file.exists() and settings.work_file.exists()):
        return
    with opened_build(settings) as connection:
        views = connection.execute("select view_name from duckdb_views() where schema_name = 'staging'")
        staged = {view for (view,) in views.fetchall()}
        for table, items in current.items():
            landed = sum(item.landed_rows for item in items)
            source = next((item.source for item in items), table)
            view = f"stg_{source}__{table.removeprefix(f'{source}_')}"
            if view in staged and (rows := _count(connection, f"work.staging.{view}")) != landed:
                yield f"{table}: {landed} rows landed, {rows} staged"
        for table, fact in FACTS.items():
            if current.get(table):
                repeated = _repeated(connection, table, keys[table])
                landed = sum(item.landed_rows for item in current[table])
                if (rows := _count(connection, fact)) + repeated != landed:
                    yield f"{table}: {landed} rows landed, {rows} stand in {fact}, {repeated} repeat a key"


def _not_landed(settings: Settings, item: Delivery) -> Iterator[str]:
    where = f"{item.table} {item.file_name}"
    try:
        landed = int(pyarrow.parquet.read_metadata(parquet_path(settings.landing, item)).num_rows)
    except OSError:
        yield f"{where}: its rows are gone"
        return
    quarantine = settings.quarantine / item.table / f"{item.batch_id}.jsonl"
    lines = quarantine.read_text(encoding="utf-8").count("\n") if quarantine.exists() else 0
    if (landed, lines) != (item.landed_rows, item.quarantined_rows) or landed + lines != item.delivered_rows:
        yield f"{where}: {item.delivered_rows} delivered, {landed} landed, {lines} in quarantine"


def _repeated(connection: duckdb.DuckDBPyConnection, table: str, key: Collection[str]) -> int:
    names = ", ".join(key)
    return _count(connection, f"raw.{table}") - _count(
        connection, f"(select distinct {names} from raw.{table})"
    )


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"select count(*) from {relation}").fetchone()
    return int(row[0]) if row else 0


def leftovers(settings: Settings) -> Iterator[str]:
    """I5: no temporary file, no lock, no run that stays started and no slot that stays taken."""
    found = {path for pattern in LEFTOVERS for path in settings.home.glob(pattern)}
    yield from (f"{path.relative_to(settings.home)} was left" for path in sorted(found))
    yield from _held_locks(settings)
    history = settings.dagster_home / "history"
    for name, question, what in (
        ("runs.db", UNFINISHED_RUNS, "run {} stays started"),
        ("runs/index.db", TAKEN_SLOTS, "the slot of step {} stays taken"),
    ):
        if (history / name).exists():
            with closing(sqlite3.connect(history / name)) as connection:
                yield from (what.format(row[0]) for row in connection.execute(question).fetchall())


def _held_locks(settings: Settings) -> Iterator[str]:
    lock = settings.warehouse / "writer.lock"
    if lock.exists():
        with lock.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield "the writer's lock is held"
        if lock.stat().st_size:
            yield "the writer's lock names a holder"


def audit_problems(settings: Settings) -> Iterator[str]:
    """I6: everything published verifies, with one line per served build."""
    yield from map(str, verify(settings.published, settings.secret_key()))
    try:
        lines = audit.read(settings.published)
    except ValueError:
        return  # said above
    published = [line.build_id for line in lines if line.kind == audit.BUILD_PUBLISHED]
    yield from (
        f"build {build} was published {published.count(build)} times"
        for build in dict.fromkeys(published)
        if published.count(build) > 1
    )


def leaks(settings: Settings, canaries: Collection[str]) -> Iterator[str]:
    """I7: no known personal value outside the places that may hold one."""
    if not canaries:
        return
    try:
        places = places_of(settings.home, canaries)
    except duckdb.Error as error:
        yield f"a file cannot be searched: {error}"
        return
    for place in sorted(places):
        if place.split("/")[0] not in MAY_HOLD_PERSONAL_VALUES:
            yield f"a personal value is in {place}"
