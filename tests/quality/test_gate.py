"""A gate passes only what was checked whole, and says in one sentence why it refuses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest

from orchestration.quality.gate import judge
from orchestration.quality.results import CheckResult, ResultFile
from orchestration.quality.verdict import Verdict
from orchestration.quality.waivers import Waiver, read_waivers

ROWS = CheckResult("core.fct_tickets", "has_rows", "critical", "passed", "observed 3", 3, 3)
DRIFT = CheckResult("core.fct_tickets", "share_has_not_drifted", "warning", "passed")
UNIQUE = CheckResult("core.dim_agents", "unique_dim_agents_agent_key", "critical", "passed")
EXPECTED = {
    ("core", ROWS.table, ROWS.check),
    ("core", DRIFT.table, DRIFT.check),
    ("dbt_core", UNIQUE.table, UNIQUE.check),
}
WAIVER = Waiver(
    ROWS.check,
    ROWS.table,
    "known gap",
    "ann",
    "ben",
    approved_on=date(2026, 1, 2),
    valid_until=date(2026, 1, 31),
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.execute("create table core.fct_tickets as select range as k from range(3)")
        connection.execute("create table core.dim_agents as select 'A1' as k")
        yield connection


def verdict_on(connection: duckdb.DuckDBPyConnection, *core: CheckResult, **changes: Any) -> Verdict:
    results = [ResultFile("b1", "core", "r1", core), ResultFile("b1", "dbt_core", "r1", (UNIQUE,))]
    arguments: dict[str, Any] = {
        "build_id": "b1",
        "run_id": "r1",
        "connection": connection,
        "tables": ["core.fct_tickets", "core.dim_agents"],
        "expected": EXPECTED,
        "results": results,
        "waivers": [],
        "as_of": date(2026, 1, 31),
        "judged_at": datetime(2026, 2, 1, tzinfo=UTC),
    }
    return judge("core", **(arguments | changes))


def test_a_whole_and_faultless_build_passes_with_its_tables(connection: duckdb.DuckDBPyConnection) -> None:
    verdict = verdict_on(connection, ROWS, DRIFT)
    assert verdict.passed
    assert verdict.reason == "All 3 checks answered, with 0 warnings and 0 waived failures."
    assert [(t.table, t.rows) for t in verdict.tables] == [("core.dim_agents", 1), ("core.fct_tickets", 3)]
    assert len({table.hash for table in verdict.tables}) == 2
    assert [check.producer for check in verdict.checks] == ["core", "core", "dbt_core"]


def test_a_failed_critical_check_refuses(connection: duckdb.DuckDBPyConnection) -> None:
    verdict = verdict_on(connection, replace(ROWS, status="failed", detail="observed 0"), DRIFT)
    assert not verdict.passed
    assert verdict.reason == "The check has_rows of core.fct_tickets failed (observed 0)."


def test_a_failed_warning_passes_and_is_listed(connection: duckdb.DuckDBPyConnection) -> None:
    verdict = verdict_on(connection, ROWS, replace(DRIFT, status="failed"))
    assert verdict.passed
    assert verdict.warnings == ("core.fct_tickets: share_has_not_drifted",)


def test_a_source_without_data_passes(connection: duckdb.DuckDBPyConnection) -> None:
    assert verdict_on(connection, replace(ROWS, status="no_data"), DRIFT).passed


@pytest.mark.parametrize(
    ("status", "words"), [("crashed", "crashed (boom)"), ("skipped", "was skipped (boom)")]
)
@pytest.mark.parametrize("check", [ROWS, DRIFT], ids=["critical", "warning"])
def test_a_check_that_found_nothing_refuses_whatever_its_severity(
    connection: duckdb.DuckDBPyConnection, status: Any, words: str, check: CheckResult
) -> None:
    other = DRIFT if check is ROWS else ROWS
    verdict = verdict_on(connection, replace(check, status=status, detail="boom"), other, waivers=[WAIVER])
    assert not verdict.passed
    assert verdict.reason == f"The check {check.check} of core.fct_tickets {words}."


def test_a_missing_check_refuses_even_a_warning(connection: duckdb.DuckDBPyConnection) -> None:
    verdict = verdict_on(connection, ROWS)
    assert not verdict.passed
    assert verdict.reason == (
        "The check share_has_not_drifted of core.fct_tickets is missing from the results of core."
    )


def test_a_check_of_another_producer_does_not_stand_in(connection: duckdb.DuckDBPyConnection) -> None:
    swapped = [ResultFile("b1", "raw", "r1", (ROWS, DRIFT)), ResultFile("b1", "dbt_core", "r1", (UNIQUE,))]
    assert not verdict_on(connection, results=swapped).passed


def test_results_of_another_build_refuse(connection: duckdb.DuckDBPyConnection) -> None:
    foreign = [ResultFile("b0", "core", "r0", (ROWS, DRIFT)), ResultFile("b1", "dbt_core", "r1", (UNIQUE,))]
    verdict = verdict_on(connection, results=foreign)
    assert not verdict.passed
    assert verdict.reason == "The results of core are of build b0, not of b1."


def test_a_missing_table_refuses(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("drop table core.dim_agents")
    verdict = verdict_on(connection, ROWS, DRIFT)
    assert not verdict.passed
    assert verdict.reason == "The table core.dim_agents does not exist."


@pytest.mark.parametrize("nothing", ["tables", "expected"])
def test_a_gate_with_nothing_to_judge_refuses(connection: duckdb.DuckDBPyConnection, nothing: str) -> None:
    verdict = verdict_on(connection, ROWS, DRIFT, **{nothing: []})
    assert not verdict.passed
    assert "to judge" in verdict.reason


def test_several_problems_stay_one_sentence(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("drop table core.dim_agents")
    verdict = verdict_on(connection, replace(ROWS, status="failed"))
    assert verdict.reason == "The table core.dim_agents does not exist; 2 more reasons stand in the verdict."


def test_a_waiver_turns_one_failure_into_a_waived_one(connection: duckdb.DuckDBPyConnection) -> None:
    verdict = verdict_on(connection, replace(ROWS, status="failed"), DRIFT, waivers=[WAIVER])
    assert verdict.passed
    assert verdict.reason == "All 3 checks answered, with 0 warnings and 1 waived failures."
    assert [waiver.state for waiver in verdict.waivers] == ["used"]


def test_a_waiver_does_not_cover_another_check_or_table(connection: duckdb.DuckDBPyConnection) -> None:
    failed = replace(ROWS, status="failed")
    for other in (replace(WAIVER, check_name="other"), replace(WAIVER, table_name="core.dim_agents")):
        verdict = verdict_on(connection, failed, DRIFT, waivers=[other])
        assert not verdict.passed
        assert [waiver.state for waiver in verdict.waivers] == ["not_needed"]


@pytest.mark.parametrize(
    ("changes", "state", "words"),
    [
        ({"valid_until": date(2026, 1, 30)}, "expired", "its waiver is expired"),
        ({"approved_by": " Ann "}, "self_approved", "its waiver is self-approved"),
        ({"approved_by": None}, "incomplete", "its waiver is incomplete"),
        ({"approved_by": "  "}, "incomplete", "its waiver is incomplete"),
        ({"requested_by": ""}, "incomplete", "its waiver is incomplete"),
        ({"reason": None}, "incomplete", "its waiver is incomplete"),
        ({"approved_on": None}, "incomplete", "its waiver is incomplete"),
        ({"valid_until": None}, "incomplete", "its waiver is incomplete"),
    ],
)
def test_a_waiver_that_does_not_hold_is_named(
    connection: duckdb.DuckDBPyConnection, changes: dict[str, Any], state: str, words: str
) -> None:
    waiver = replace(WAIVER, **changes)
    verdict = verdict_on(connection, replace(ROWS, status="failed"), DRIFT, waivers=[waiver])
    assert not verdict.passed
    assert words in verdict.reason
    assert [judged.state for judged in verdict.waivers] == [state]


def test_a_renewed_waiver_holds_beside_its_expired_predecessor(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    expired = replace(WAIVER, valid_until=date(2025, 12, 31))
    failed = replace(ROWS, status="failed")
    for waivers in ([WAIVER, expired], [expired, WAIVER]):
        assert verdict_on(connection, failed, DRIFT, waivers=waivers).passed


def test_waivers_are_read_from_the_seed(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create table core.check_waivers (check_name varchar, table_name varchar, reason varchar,"
        " requested_by varchar, approved_by varchar, approved_on date, valid_until date)"
    )
    assert read_waivers(connection) == []
    row = [WAIVER.check_name, WAIVER.table_name, WAIVER.reason, "ann", "ben", "2026-01-02", "2026-01-31"]
    connection.execute("insert into core.check_waivers values (?, ?, ?, ?, ?, ?, ?)", row)
    assert read_waivers(connection) == [WAIVER]
