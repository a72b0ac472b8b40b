"""A verdict lets through exactly the tables that were judged, as they were judged."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.quality.hashing import quick_mark, table_hash
from orchestration.quality.results import CheckResult
from orchestration.quality.verdict import (
    GateRefused,
    JudgedCheck,
    JudgedTable,
    Verdict,
    read,
    require,
    verdict_path,
    write,
)
from orchestration.quality.waivers import JudgedWaiver, Waiver


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.execute("create table core.fct_tickets as select range as k, 'x' as s from range(3)")
        yield connection


@pytest.fixture
def verdict(connection: duckdb.DuckDBPyConnection) -> Verdict:
    judged = table_hash(connection, "core", "fct_tickets")
    return Verdict(
        gate="core",
        build_id="b1",
        run_id="r1",
        judged_at=datetime(2026, 2, 1, 12, 30, tzinfo=UTC),
        passed=True,
        reason="All 1 checks answered.",
        tables=(JudgedTable("core.fct_tickets", judged.rows, judged.hash),),
        checks=(
            JudgedCheck("core", CheckResult("core.fct_tickets", "has_rows", "critical", "failed", "", 3, 3)),
        ),
        warnings=("core.fct_tickets: drift",),
        waivers=(
            JudgedWaiver(
                Waiver("has_rows", "core.fct_tickets", "why", "ann", "ben", date(2026, 1, 1), None),
                "incomplete",
            ),
        ),
    )


def test_a_verdict_is_read_back_as_it_was_written(tmp_path: Path, verdict: Verdict) -> None:
    path = write(tmp_path, verdict)
    assert path == tmp_path / "verdicts" / "b1" / "core.json"
    assert read(tmp_path, "core", "b1") == verdict
    assert read(tmp_path, "scorecards", "b1") is None


def test_an_unchanged_copy_passes(
    tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection
) -> None:
    write(tmp_path, verdict)
    assert require(tmp_path, "core", "b1", connection, ["core.fct_tickets"]) == verdict
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as copy:
        copy.execute("create schema core")
        copy.execute("create table core.fct_tickets as select 2 - range as k, 'x' as s from range(3)")
        assert require(tmp_path, "core", "b1", copy) == verdict


def test_no_verdict_refuses(tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection) -> None:
    write(tmp_path, verdict)
    with pytest.raises(GateRefused, match="Gate core has no verdict on build b2"):
        require(tmp_path, "core", "b2", connection)
    with pytest.raises(GateRefused, match="Gate scorecards has no verdict on build b1"):
        require(tmp_path, "scorecards", "b1", connection)


def test_a_red_verdict_refuses_with_its_reason(
    tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection
) -> None:
    write(tmp_path, replace(verdict, passed=False, reason="The check x failed."))
    with pytest.raises(GateRefused, match=r"Gate core is red for build b1: The check x failed\."):
        require(tmp_path, "core", "b1", connection)


@pytest.mark.parametrize(
    "change",
    [
        "update core.fct_tickets set s = 'y' where k = 1",
        "delete from core.fct_tickets where k = 1",
        "insert into core.fct_tickets values (1, 'x')",
        "alter table core.fct_tickets rename s to t",
        "alter table core.fct_tickets alter k type integer",
    ],
)
def test_a_table_changed_since_it_was_judged_refuses(
    tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection, change: str
) -> None:
    write(tmp_path, verdict)
    connection.execute(change)
    with pytest.raises(GateRefused, match=r"core\.fct_tickets has changed since gate core judged it"):
        require(tmp_path, "core", "b1", connection)


def test_a_missing_table_refuses(
    tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection
) -> None:
    write(tmp_path, verdict)
    connection.execute("drop table core.fct_tickets")
    with pytest.raises(GateRefused, match=r"core\.fct_tickets is missing"):
        require(tmp_path, "core", "b1", connection)


def test_a_table_that_was_never_judged_refuses(
    tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection
) -> None:
    write(tmp_path, verdict)
    with pytest.raises(GateRefused, match=r"Gate core never judged core\.dim_agents"):
        require(tmp_path, "core", "b1", connection, ["core.fct_tickets", "core.dim_agents"])


def test_a_verdict_copied_from_another_build_refuses(
    tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection
) -> None:
    path = verdict_path(tmp_path, "core", "b2")
    path.parent.mkdir(parents=True)
    path.write_text(write(tmp_path, verdict).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(GateRefused, match="about another gate or build"):
        require(tmp_path, "core", "b2", connection)


@pytest.mark.parametrize(
    ("old", "new"), [('"passed": true', '"passed": 1'), ("{", ""), ('"core"', '"other"')]
)
def test_a_damaged_verdict_refuses(
    tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection, old: str, new: str
) -> None:
    path = write(tmp_path, verdict)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(GateRefused, match="cannot be trusted"):
        require(tmp_path, "core", "b1", connection)


def test_the_mark_spares_the_hash_and_is_only_trusted_when_it_is_the_same(
    tmp_path: Path, verdict: Verdict, connection: duckdb.DuckDBPyConnection
) -> None:
    mark = quick_mark(connection, "core", "fct_tickets")
    assert mark.startswith("3:")
    (judged,) = verdict.tables
    for known in (
        replace(judged, hash="not computed", mark=mark),
        replace(judged, mark="3:of another engine"),
    ):
        write(tmp_path, replace(verdict, tables=(known,)))
        assert require(tmp_path, "core", "b1", connection)
        connection.execute("update core.fct_tickets set s = 'y' where k = 2")
        with pytest.raises(GateRefused, match="has changed"):
            require(tmp_path, "core", "b1", connection)
        connection.execute("update core.fct_tickets set s = 'x' where k = 2")
