"""Readers in other processes are never disturbed by publications, nor the publications by them."""

import multiprocessing
import time
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb

from orchestration.publishing import audit
from orchestration.publishing.serving import roll_back
from orchestration.publishing.verification import verify
from orchestration.settings import Settings
from tests.publishing.synthetic import NOW, build_and_publish

CONTEXT = multiprocessing.get_context("fork")
QUERY = """
select distinct build_id from core.fct_tickets
union select build_id from kpis.fct_kpi_values
"""
PARQUET = ("core/fct_tickets.parquet", "kpis/fct_kpi_values.parquet")


def hold(published: Path, stop: Event, results: "Queue[tuple[str, object]]") -> None:
    """Keep the snapshot open and ask it again and again, as a BI tool does."""
    seen = set()
    with duckdb.connect(str(published / "warehouse.duckdb"), read_only=True) as reader:
        while not stop.is_set():
            seen.update(reader.execute(QUERY).fetchall())
            time.sleep(0.05)
    results.put(("holder", sorted(seen)))


def poll(published: Path, stop: Event, results: "Queue[tuple[str, object]]") -> None:
    """Open what is served again and again: the snapshot, and the Parquet files of one resolved version."""
    polls, builds, mixed = 0, set(), []
    while not stop.is_set():
        with duckdb.connect(str(published / "warehouse.duckdb"), read_only=True) as reader:
            in_snapshot = reader.execute(QUERY).fetchall()
        version = (published / "current").resolve()
        files = [str(version / "parquet" / name) for name in PARQUET]
        with duckdb.connect() as reader:
            in_parquet = reader.execute(
                "select distinct build_id from read_parquet($files, union_by_name = true)", {"files": files}
            ).fetchall()
        mixed += [found for found in (in_snapshot, in_parquet) if len(found) != 1]
        if in_parquet != [(version.name,)]:
            mixed.append(in_parquet)
        builds.update(in_snapshot)
        polls += 1
    results.put(("poller", (polls, len(builds), mixed)))


def test_open_and_polling_readers_see_one_build_each_time(settings: Settings) -> None:
    build_and_publish(settings, "b0")
    stop, results = CONTEXT.Event(), CONTEXT.Queue()
    readers = [
        CONTEXT.Process(target=role, args=(settings.published, stop, results)) for role in (hold, poll)
    ]
    for reader in readers:
        reader.start()
    for number in range(1, 5):
        build_and_publish(settings, f"b{number}")
        time.sleep(0.2)
        roll_back(settings, f"b{number - 1}", NOW)
        roll_back(settings, f"b{number}", NOW)
    stop.set()
    answers = dict(results.get(timeout=30) for _ in readers)
    for reader in readers:
        reader.join(timeout=30)
    assert [reader.exitcode for reader in readers] == [0, 0]
    assert answers["holder"] == [("b0",)]
    polls, builds, mixed = answers["poller"]
    assert mixed == []
    assert polls >= builds > 1
    assert verify(settings.published, settings.secret_key()) == []
    assert len(audit.read(settings.published)) == 13
