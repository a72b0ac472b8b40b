"""A small build file with the shape that publication reads, and gates that passed it."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.publishing.manifest import GATES
from orchestration.publishing.snapshot import Publication, publish_snapshot
from orchestration.publishing.tables import list_tables
from orchestration.quality.gate import judge
from orchestration.quality.results import CheckResult, ResultFile
from orchestration.quality.verdict import require, write
from orchestration.settings import Settings

NOW = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
KEY = "a key that is long enough"
TABLES = Path(__file__).with_name("synthetic.sql").read_text(encoding="utf-8")


def settings_in(home: Path) -> Settings:
    return Settings(home=home, key_from_environment=KEY)


def write_build(
    settings: Settings, build_id: str, *, tickets: int = 100, teams: int = 2, sql: str = ""
) -> None:
    """Write `warehouse/build.duckdb` with verdicts; `sql` changes it first."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    settings.build_file.unlink(missing_ok=True)
    with duckdb.connect(str(settings.build_file)) as connection:
        connection.execute(TABLES.format(build_id=build_id, tickets=tickets, teams=teams))
        connection.execute(sql)
    write_verdicts(settings, build_id)


def write_verdicts(settings: Settings, build_id: str) -> None:
    """Both gates pass the build as it is, the first with a warning."""
    with duckdb.connect(str(settings.build_file), read_only=True) as connection:
        tables = list_tables(connection, "build")
        for gate, schemas in GATES.items():
            names = [str(table) for table in tables if table.schema in schemas]
            checks = (
                CheckResult(names[0], "has_rows", "critical", "passed"),
                CheckResult(names[0], "topic_is_known", "warning", "failed", "3 of 100 rows"),
            )
            results = [ResultFile(build_id, gate, "run", checks if gate == "core" else checks[:1])]
            verdict = judge(
                gate, build_id=build_id, run_id="run", connection=connection, tables=names,
                expected=[(gate, names[0], "has_rows")], results=results, waivers=[],
                as_of=NOW.date(), judged_at=NOW,
            )  # fmt: skip
            assert verdict.passed, verdict.reason
            write(settings.warehouse, verdict)


def publish(settings: Settings, build_id: str, now: datetime = NOW, builds_kept: int = 5) -> Publication:
    return publish_snapshot(
        settings, build_id=build_id, run_id="run", require=require, code_version="code", now=now,
        builds_kept=builds_kept,
    )  # fmt: skip


def build_and_publish(settings: Settings, build_id: str, sql: str = "", **sizes: int) -> Publication:
    write_build(settings, build_id, sql=sql, **sizes)
    return publish(settings, build_id)
