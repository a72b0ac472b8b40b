"""A suite answers for every expectation, with counts and never with values."""

import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import duckdb
import pytest

from orchestration.quality.runner import run_suite
from orchestration.quality.suite import Suite, expect, has_rows

CANARY = "canary-13800001111"
SUITE = Suite(
    table="raw.crm_tickets",
    derived={"wait": "date_diff('minute', created, closed)"},
    expectations=(
        has_rows(),
        expect("score_is_1_to_5", "ExpectColumnValuesToBeBetween", column="score", min_value=1, max_value=5),
        expect("id_is_a_number", "ExpectColumnValuesToMatchRegex", column="id", regex=r"^T\d+$", mostly=0.5),
        expect("wait_has_a_plausible_mean", "ExpectColumnMeanToBeBetween", column="wait", max_value=60),
        expect(
            "note_is_filled", "ExpectColumnProportionOfNonNullValuesToBeBetween", column="note", min_value=0.1
        ),
        expect("note_is_short", "ExpectColumnValueLengthsToBeBetween", column="note", max_value=9),
    ),
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema raw")
        connection.execute("create schema core")
        connection.execute(
            "create table raw.source_status as select * from (values ('crm', 'crm_tickets', 4, 1, true),"
            " ('crm', 'crm_teams', 0, 0, true), ('qa', 'qa_reviews', 0, 5, false))"
            " as t (source_system, table_name, current_rows, minimum_rows, has_landed)"
        )
        connection.execute(
            "create table raw.crm_tickets as select 'T' || range as id, range + 1 as score,"
            " timestamp '2026-01-01 10:00:00' as created, timestamp '2026-01-01 10:30:00' as closed,"
            " cast(null as varchar) as note from range(4)"
        )
        yield connection


def statuses(connection: duckdb.DuckDBPyConnection, suite: Suite = SUITE, **options: int) -> dict[str, str]:
    return {result.check: result.status for result in run_suite(connection, suite, **options)}


def test_every_expectation_has_its_result(connection: duckdb.DuckDBPyConnection) -> None:
    assert statuses(connection) == {
        "has_rows": "passed",
        "score_is_1_to_5": "passed",
        "id_is_a_number": "passed",
        "wait_has_a_plausible_mean": "passed",
        "note_is_filled": "failed",
        "note_is_short": "no_data",
    }
    connection.execute(
        "update raw.crm_tickets set score = 6, closed = timestamp '2026-01-02' where id < 'T3'"
    )
    failed = [result for result in run_suite(connection, SUITE) if result.status == "failed"]
    assert [(result.check, result.severity) for result in failed] == [
        ("score_is_1_to_5", "warning"),
        ("wait_has_a_plausible_mean", "warning"),
        ("note_is_filled", "warning"),
    ]
    assert failed[0].detail == "3 of 4 values unexpected"
    assert (failed[0].rows_seen, failed[0].rows_total) == (4, 4)


def test_a_crash_in_one_expectation_leaves_the_others_alone(connection: duckdb.DuckDBPyConnection) -> None:
    suite = Suite(
        table="raw.crm_tickets",
        derived={"broken": "no_such_function(id)"},
        expectations=(
            has_rows(),
            expect("a_column_is_gone", "ExpectColumnMeanToBeBetween", column="gone", min_value=0),
            expect("b_expression_is_broken", "ExpectColumnMeanToBeBetween", column="broken", min_value=0),
            expect("c_class_is_unknown", "ExpectColumnToSparkle", column="score"),
            expect("d_argument_is_unknown", "ExpectColumnMeanToBeBetween", column="score", minimum=0),
            expect("e_text_has_no_mean", "ExpectColumnMeanToBeBetween", column="id", min_value=0),
            expect("score_is_1_to_5", "ExpectColumnValuesToBeBetween", column="score", min_value=1),
        ),
    )
    results = {result.check: result for result in run_suite(connection, suite)}
    assert {name: result.status for name, result in results.items()} == {
        "has_rows": "passed",
        "a_column_is_gone": "crashed",
        "b_expression_is_broken": "crashed",
        "c_class_is_unknown": "crashed",
        "d_argument_is_unknown": "crashed",
        "e_text_has_no_mean": "crashed",
        "score_is_1_to_5": "passed",
    }
    assert results["a_column_is_gone"].detail == "the column gone does not exist"
    assert results["b_expression_is_broken"].detail == "CatalogException in the expression of broken"
    assert results["c_class_is_unknown"].detail == "GX has no expectation ExpectColumnToSparkle"
    assert "minimum" in results["d_argument_is_unknown"].detail
    assert results["e_text_has_no_mean"].detail == "TypeError in ExpectColumnMeanToBeBetween"


def test_a_table_that_cannot_be_read_crashes_every_check(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("drop table raw.crm_tickets")
    results = run_suite(connection, SUITE)
    assert {result.status for result in results} == {"crashed"}
    assert len(results) == len(SUITE.expectations)
    assert results[0].detail == "raw.crm_tickets could not be read (CatalogException)"


def test_a_value_that_cannot_be_computed_crashes_and_is_not_told(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    suite = Suite(
        table="raw.crm_tickets",
        derived={"number": "cast(id as integer)"},
        expectations=(has_rows(), expect("number_is", "ExpectColumnMeanToBeBetween", column="number")),
    )
    connection.execute(f"update raw.crm_tickets set id = '{CANARY}'")
    results = run_suite(connection, suite)
    assert {result.status for result in results} == {"crashed"}
    assert CANARY not in str(results)


@pytest.mark.parametrize(
    ("table", "fed_by", "status"),
    [
        ("raw.crm_tickets", None, "failed"),
        ("raw.not_contracted", None, "failed"),
        ("raw.crm_teams", None, "no_data"),
        ("raw.qa_reviews", None, "no_data"),
        ("core.fct_tickets", "raw.source_status", "failed"),
        ("core.fct_tickets", "(from raw.source_status where source_system = 'crm')", "failed"),
        ("core.fct_tickets", "(from raw.source_status where source_system = 'none')", "no_data"),
        ("core.fct_tickets", "intermediate.gone", "crashed"),
    ],
)
def test_no_rows_pass_only_where_none_were_due(
    connection: duckdb.DuckDBPyConnection, table: str, fed_by: str | None, status: str
) -> None:
    connection.execute(f"create or replace table {table} as select 1 as score where false")
    suite = Suite(
        table=table,
        fed_by=fed_by,
        expectations=(
            has_rows(),
            expect("score", "ExpectColumnValuesToBeBetween", column="score", min_value=0),
        ),
    )
    results = run_suite(connection, suite)
    assert [(result.check, result.status) for result in results] == [("has_rows", status), ("score", status)]


def test_without_the_status_of_sources_nothing_passes(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("drop table raw.source_status")
    connection.execute("delete from raw.crm_tickets")
    assert set(statuses(connection).values()) == {"crashed"}


def test_large_tables_are_sampled_but_counted_whole(connection: duckdb.DuckDBPyConnection) -> None:
    suite = Suite(
        table="core.fct_tickets",
        fed_by="raw.crm_tickets",
        expectations=(
            has_rows(at_least=20_000),
            expect("k_is_not_negative", "ExpectColumnValuesToBeBetween", column="k", min_value=0),
        ),
    )
    connection.execute("create table core.fct_tickets as select range as k, 'x' as s from range(20000)")
    count, column = run_suite(connection, suite, row_limit=1000)
    assert (count.status, count.rows_seen, count.rows_total) == ("passed", 20_000, 20_000)
    assert column.rows_seen is not None
    assert 800 < column.rows_seen < 1200
    assert column.rows_total == 20_000
    connection.execute("create or replace table core.fct_tickets as from core.fct_tickets order by k desc")
    assert run_suite(connection, suite, row_limit=1000) == [count, column]


def test_a_sample_of_delivered_rows_does_not_depend_on_their_values(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "create or replace table raw.crm_tickets as"
        " select 1 as score, 'b1' as _batch_id, range as _row_number from range(5000)"
    )
    suite = Suite(
        table="raw.crm_tickets",
        expectations=(
            has_rows(),
            expect("score", "ExpectColumnValuesToBeBetween", column="score", min_value=1),
        ),
    )
    _, first = run_suite(connection, suite, row_limit=500)
    connection.execute("update raw.crm_tickets set score = 2")
    assert run_suite(connection, suite, row_limit=500)[1] == first


def test_results_hold_counts_and_logs_hold_nothing(
    connection: duckdb.DuckDBPyConnection,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    connection.execute(f"update raw.crm_tickets set id = '{CANARY}', note = '{CANARY}'")
    suite = Suite(
        table="raw.crm_tickets",
        expectations=(
            has_rows(),
            expect("a_regex", "ExpectColumnValuesToMatchRegex", column="id", regex="^T"),
            expect("b_set", "ExpectColumnValuesToBeInSet", column="id", value_set=["T1"]),
            expect("c_distinct", "ExpectColumnDistinctValuesToBeInSet", column="id", value_set=["T1"]),
            expect("d_most_common", "ExpectColumnMostCommonValueToBeInSet", column="id", value_set=["T1"]),
            expect("e_max", "ExpectColumnMaxToBeBetween", column="id", max_value="A"),
            expect("f_mean", "ExpectColumnMeanToBeBetween", column="note", max_value=1),
            expect("g_quantile", "ExpectColumnQuantileValuesToBeBetween", column="score", quantile_ranges={
                "quantiles": [0.5], "value_ranges": [[100, 200]]
            }),
        ),
    )  # fmt: skip
    printed = io.StringIO()
    with caplog.at_level(logging.DEBUG), redirect_stderr(printed), redirect_stdout(printed):
        results = run_suite(connection, suite)
    assert {result.check for result in results if result.passed} == {"has_rows"}
    assert CANARY not in str(results)
    assert CANARY not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith("great_expectations")]
    assert printed.getvalue() == ""
    assert list(tmp_path.iterdir()) == []
