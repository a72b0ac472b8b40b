"""Random deliveries of a small company: late and doubled rows, corrections, full feeds that change."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from orchestration.sources.contract_types import TableContract
from orchestration.sources.files import sha256_of
from orchestration.sources.manifest import Delivery, parquet_path, write_delivery

# What a correction changes of a row, as SQL over it; {pick} is a number that differs by row and case.
TICKET = "'T' || lpad(cast({pick} % 40 + 1 as varchar), 8, '0')"
CORRECTIONS: dict[str, dict[str, str]] = {
    "crm_tickets": {
        "customer_id": "case {pick} % 4 when 0 then 'C1' when 1 then 'C2' else customer_id end",
        "assignee": "case {pick} % 5 when 0 then 'A0001' when 1 then null else assignee end",
        "team_id": "case {pick} % 6 when 0 then 'T2' when 1 then null else team_id end",
        "topic": "case {pick} % 7 when 0 then 'refund' else topic end",
        "resolved": "case {pick} % 4 when 0 then null when 1 then created + interval 30 hour"
        " else resolved end",
        "closed": "case {pick} % 5 when 0 then null else closed end",
        "status": "case {pick} % 4 when 0 then '处理中' else status end",
        "exclusion": "case {pick} % 9 when 0 then '重复' when 1 then '测试' else exclusion end",
        "registered": "case {pick} % 3 when 0 then null else registered end",
        "updated_at": "updated_at + ({pick} % 97 - 40) * interval 1 hour",
        "op": "case {pick} % 5 when 2 then 'D' else 'U' end",
    },
    "crm_ticket_events": {
        "op": "case {pick} % 5 when 2 then 'D' else 'U' end",
        "event_at": "event_at + ({pick} % 31 - 12) * interval 1 hour",
        "event": "case {pick} % 6 when 0 then 'RESOLVE' when 1 then 'REOPEN' when 2 then 'NOTE'"
        " else event end",
        "agent_id": "case {pick} % 4 when 0 then 'A0002' else agent_id end",
    },
    "crm_ticket_stages": {
        "entered_at": "entered_at + ({pick} % 31 - 12) * interval 1 hour",
        "stage": "case {pick} % 4 when 0 then '验证' else stage end",
        "owner": "case {pick} % 3 when 0 then 'A0003' when 1 then null else owner end",
    },
    "telephony_calls": {
        "ticket": f"case {{pick}} % 2 when 0 then {TICKET} else ticket end",
        "offered_at": "offered_at + ({pick} % 9 - 4) * interval 1 hour",
    },
    "qa_qa_reviews": {
        "ticket_id": f"case {{pick}} % 2 when 0 then {TICKET} else ticket_id end",
        "reviewed_at": "reviewed_at + ({pick} % 50 - 25) * interval 1 hour",
    },
    "complaint_complaint_events": {"entered_at": "entered_at + ({pick} % 9 - 4) * interval 1 hour"},
    "crm_agents": {
        "team_id": "case {pick} % 3 when 0 then 'T3' else team_id end",
        "skills": "case {pick} % 4 when 0 then 'refund' else skills end",
        "effective_from": "case {pick} % 5 when 0 then timestamp '2026-10-05' else effective_from end",
    },
    "crm_teams": {
        "department_id": "case {pick} % 3 when 0 then 'D9' else department_id end",
        "site": "case {pick} % 3 when 1 then null else site end",
    },
    "crm_customers": {
        "size": "case {pick} % 4 when 0 then 'L' else size end",
        "region": "case {pick} % 4 when 1 then '华南' else region end",
        "effective_from": "case {pick} % 5 when 0 then timestamp '2026-10-05' else effective_from end",
    },
    "crm_products": {"category": "case {pick} % 2 when 0 then 'service' else category end"},
    "uci_incident_incident_events": {
        "incident_state": "case {pick} % 5 when 0 then 'Resolved' when 1 then 'Active'"
        " else incident_state end",
        "assigned_to": "case {pick} % 4 when 0 then 'Resolver 9' else assigned_to end",
        "caller_id": "case {pick} % 6 when 0 then 'Caller 1' else caller_id end",
    },
}

# What a source may begin to report with a later run: every ticket of it is judged by that from then on.
LATER = {"crm_tickets": "registered"}


@dataclass(frozen=True)
class Run:
    """What one run lands: a query of rows per table."""

    rows: dict[str, str]


def random_runs(tables: Sequence[TableContract], seed: int) -> list[Run]:
    """Split a company's rows, which lie in tables named like their feeds, into random deliveries of runs."""
    chance = random.Random(seed)
    count = chance.randint(2, 4)
    days = _days(random.Random(f"days {seed}"), count)
    runs: list[dict[str, str]] = [{} for _ in range(count)]
    for table in tables:
        name = table.raw_name
        split = (
            _full(name, chance, count)
            if table.delivery == "full"
            else _append(name, chance, count, _run_by_day(table, days))
        )
        for number, query in split:
            runs[number][name] = query
    for name, column in LATER.items():
        for rows in runs[: random.Random(f"{name} {seed}").randrange(count)]:
            if name in rows:
                rows[name] = f"select * replace (nullif({column}, {column}) as {column}) from ({rows[name]})"
    return [Run(rows) for rows in runs]


def _days(chance: random.Random, count: int) -> list[str]:
    """The day after each run's last one, where runs follow the calendar as every night's do; else none."""
    first = chance.randint(4, 28)
    follows = chance.random() < 0.4
    return [f"2026-10-{first + number:02}" for number in range(count)] if follows else []


def _run_by_day(table: TableContract, days: Sequence[str]) -> str | None:
    """The run of a row, as SQL, where runs follow the calendar; what comes after the last is of none."""
    stamps = [column.landed_name for column in table.columns if column.data_until]
    reached = [f"cast(coalesce({stamp} >= '{day}', false) as int)" for day in days for stamp in stamps[:1]]
    return f"({' + '.join(reached)})" if reached else None


def _append(
    name: str, chance: random.Random, count: int, run_by_day: str | None
) -> Iterator[tuple[int, str]]:
    """Each row in one run, some in two, some corrected before or after; some runs deliver nothing of it."""
    # As a rule most rows are old when a day is new, and what is touched for one reason is for no other.
    most_in_first, rare = chance.choice(((0, 10), (60, 10), (95, 40), (98, 80)))
    early, place, correction = _number(chance), _number(chance), _number(chance)
    run = run_by_day or f"(case when {early} % 100 < {most_in_first} then 0 else {place} % {count} end)"
    for number in range(count):
        if number and chance.random() < 0.4:
            continue
        known = f"{run_by_day or 0} <= {number}"
        yield (
            number,
            f"select * from {name} where {run} = {number} or {known} and {_number(chance)} % {2 * rare} = 0"
            f" union all by name select {_corrected(name, _number(chance))} from {name}"
            f" where {known} and {correction} % {rare} = {number}",
        )


def _full(name: str, chance: random.Random, count: int) -> Iterator[tuple[int, str]]:
    """The whole table in the first run, and now and then again, with rows that are gone, new or changed."""
    for number in range(count):
        if number == 0 or (name in CORRECTIONS and chance.random() < 0.3):
            gone, changed = chance.choice((0, 1, 5)), chance.choice((0, 2, 20))
            stays, correction = _number(chance), _number(chance)
            yield (
                number,
                f"select * from {name} where {stays} % 100 >= {gone + changed} union all by name"
                f" select {_corrected(name, correction)} from {name}"
                f" where {stays} % 100 >= {gone} and {stays} % 100 < {gone + changed}",
            )


def _number(chance: random.Random) -> str:
    """An expression that gives each row a number of its own, another one at each call."""
    return f"cast(hash(_row_number, _batch_id, {chance.randint(0, 10**9)}) % 1000003 as bigint)"


def _corrected(name: str, pick: str) -> str:
    changes = CORRECTIONS.get(name)
    if not changes:
        return "*"
    return (
        f"* replace ({', '.join(f'{sql.format(pick=pick)} as {column}' for column, sql in changes.items())})"
    )


def deliver(
    company: duckdb.DuckDBPyConnection, tables: Sequence[TableContract], run: Run, number: int, landing: Path
) -> None:
    """Land a run's rows as if they had been files; the files' bytes are not what is tested here."""
    by_name = {table.raw_name: table for table in tables}
    for name, query in run.rows.items():
        table = by_name[name]
        sha256 = hashlib.sha256(f"{name} {number} {query}".encode()).hexdigest()
        stamps = [column.landed_name for column in table.columns if column.data_until]
        delivery = Delivery(
            source=table.source,
            table=name,
            file_name=f"{name}_{number}.csv",
            status="landed",
            batch_id=sha256[:16],
            file_sha256=sha256,
            contract_version=table.version,
            sequence=number + 1,
            key_fingerprint="",
        )
        path = parquet_path(landing, delivery)
        path.parent.mkdir(parents=True, exist_ok=True)
        company.execute(
            f"copy (select * replace (row_number() over () as _row_number,"
            f" '{delivery.batch_id}' as _batch_id, '{delivery.file_name}' as _source_file)"
            f" from ({query})) to '{path}' (format parquet)"
        )
        rows, first, last = _summary(company, path, stamps)
        if rows == 0:
            path.unlink()
            continue
        landed = {"delivered_rows": rows, "landed_rows": rows, "parquet_sha256": sha256_of(path)}
        (landing / ".tmp").mkdir(exist_ok=True)
        manifest = landing / "manifest" / name
        manifest.mkdir(parents=True, exist_ok=True)
        write_delivery(
            Delivery(**{**vars(delivery), **landed, "data_from": first, "data_until": last}),
            landing,
            landing / ".tmp",
        )


def _summary(
    company: duckdb.DuckDBPyConnection, path: Path, stamps: Sequence[str]
) -> tuple[int, datetime | None, datetime | None]:
    """Rows, and how far they reach; that the reach is eight hours late does not matter here."""
    first = "least(" + ", ".join(f"min({stamp})" for stamp in stamps) + ")" if stamps else "null"
    last = "greatest(" + ", ".join(f"max({stamp})" for stamp in stamps) + ")" if stamps else "null"
    row = company.execute(f"select count(*), {first}, {last} from '{path}'").fetchone()
    assert row is not None
    hours = timedelta(hours=8)
    return row[0], row[1] and row[1] - hours, row[2] and row[2] - hours
