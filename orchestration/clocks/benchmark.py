"""Measures the business clocks on many tickets: `python -m orchestration.clocks.benchmark --tickets 1000000`.

Made-up tickets with six events each go through the real models, in a process of their own per case; printed
are the seconds of the models that place stamps and add up clocks, and the process's peak memory.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse.dbt_build import run_dbt
from orchestration.warehouse.prepare import prepare_build

CLOCKS = (
    "int_calendars__intervals",
    "int_tickets__positions",
    "int_ticket_events__positioned",
    "int_tickets__clocks",
)
BEFORE = ["+int_tickets__positions", "+int_tickets__targets", "--exclude", "int_tickets__positions"]
DAYS_OPEN = 2  # up to; ten times as long in the other case
TICKETS = """
create or replace temp table life as
select
    'T' || i as ticket_id,
    timestamp '2024-01-01' + to_seconds(cast(hash(i) % (400 * 86400) as bigint)) as created,
    60 + cast(hash(i + 1) % ($days * 86400) as bigint) as seconds_open,
    i
from range($tickets) as numbers (i)
"""
HEADERS = """
select
    ticket_id, 'T' || (1 + i % 6) as team_id, '邮件' as channel, '咨询' as request_type, '标准' as complexity,
    '2 - general' as priority, '已解决' as status, created, 'Y' as needs_answer
from life
"""
EVENTS = """
select
    ticket_id, event_no, event, actor,
    created + to_seconds(cast(seconds_open * share // 10 as bigint)) as event_at
from life
cross join (
    values (1, 'REPLY', 'A', 1), (2, 'CUSTOMER_REPLY', 'C', 3), (3, 'PENDING', 'A', 4),
    (4, 'RESUME', 'A', 6), (5, 'REPLY', 'A', 7), (6, 'RESOLVE', 'A', 10)
) as story (event_no, event, actor, share)
"""
TEAMS = "select 'T' || i as team_id, 'D' || ((i + 1) // 2) as department_id from range(1, 7) as numbers (i)"


def _warn(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def fill(connection: duckdb.DuckDBPyConnection, table: str, rows: str) -> None:
    """Replace a raw view by a table with the same columns and made-up rows."""
    connection.execute(f"create table filled as select * from raw.{table} limit 0")
    connection.execute(f"insert into filled by name {rows}")
    connection.execute(f"drop view raw.{table}")
    connection.execute(f"create table raw.{table} as select * from filled")
    connection.execute("drop table filled")


def measure(tickets: int, days_open: int) -> dict[str, float]:
    """Seconds of each of the clocks' models, and the peak of this process in MiB."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), key_from_environment="a key of the benchmark only")
        settings.warehouse.mkdir(parents=True)
        prepare_build(settings)
        with duckdb.connect(str(settings.build_file)) as connection:
            connection.execute(TICKETS, {"tickets": tickets, "days": days_open})
            fill(connection, "crm_tickets", HEADERS)
            fill(connection, "crm_ticket_events", EVENTS)
            fill(connection, "crm_teams", TEAMS)
        target = settings.warehouse / "dbt"
        run_dbt(settings, ["seed"], target, _warn)
        run_dbt(settings, ["run", "--select", *BEFORE], target, _warn)
        results = run_dbt(
            settings,
            [
                "run",
                "--select",
                *CLOCKS,
                "int_tickets__pauses",
                "int_tickets__replies",
                "int_tickets__elapsed",
            ],
            target,
            _warn,
        )
    seconds = {
        result["unique_id"].split(".")[-1]: float(result["execution_time"])
        for result in results.run_results["results"]
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {name: seconds[name] for name in CLOCKS} | {"peak_mib": peak}


def main(arguments: list[str] | None = None) -> int:
    """Print one line per case; the last two are the same tickets, open ten times as long."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tickets", type=int, default=1_000_000)
    options.add_argument("--days-open", type=int, help="measure this one case and print it as JSON")
    chosen = options.parse_args(arguments)
    if chosen.days_open:
        sys.stdout.write(json.dumps(measure(chosen.tickets, chosen.days_open)) + "\n")
        return 0
    for tickets, days in (
        (chosen.tickets // 4, DAYS_OPEN),
        (chosen.tickets, DAYS_OPEN),
        (chosen.tickets, 10 * DAYS_OPEN),
    ):
        command = [sys.executable, "-m", "orchestration.clocks.benchmark"]
        command += ["--tickets", str(tickets), "--days-open", str(days)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        parts = ", ".join(f"{name} {found[name]:.1f} s" for name in CLOCKS)
        whole = sum(found[name] for name in CLOCKS)
        case = f"{tickets:,} tickets, up to {days} days open"
        sys.stdout.write(f"{case}: {whole:.1f} s, peak {found['peak_mib']:,.0f} MiB ({parts})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
