"""Derived columns compute the shares and drifts that they are named after."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.quality.expressions import (
    flag,
    hours_between,
    largest_recent_shift,
    missing_where_named,
    named_but_unknown,
    smallest_recent_volume,
    unknown_where_told,
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def values(connection: duckdb.DuckDBPyConnection, expression: str, rows: str) -> list[object]:
    query = f"select {expression} from (values {rows}) as t (source_system, a, b)"
    return [row[0] for row in connection.execute(query).fetchall()]


def test_flags_and_spans(connection: duckdb.DuckDBPyConnection) -> None:
    rows = "('x', 1, 2), ('x', 2, 1), ('x', null, 1)"
    assert values(connection, flag("a > b"), rows) == [0, 1, 0]
    stamps = "('x', timestamp '2026-01-01 00:00:00', timestamp '2026-01-02 01:00:00'), ('x', null, null)"
    assert values(connection, hours_between("a", "b"), stamps) == [25, None]


def test_unknown_members_count_only_where_they_mean_something(connection: duckdb.DuckDBPyConnection) -> None:
    rows = "('x', 'unknown', 'c1'), ('x', 'k', 'c2'), ('silent', 'unknown', 'unknown')"
    assert values(connection, unknown_where_told("a"), rows) == [1, 0, None]
    assert values(connection, named_but_unknown("a", "b"), rows) == [1, 0, None]
    assert values(
        connection, missing_where_named("a"), "('x', 'unknown', 1), ('x', 'k', 1), ('x', null, 1)"
    ) == [
        1,
        0,
        None,
    ]


def days(connection: duckdb.DuckDBPyConnection, *series: tuple[str, int, int, float]) -> None:
    """Table d: per series `count` rows on each of the 60 days, `late` from day 33 on, with a value each."""
    connection.execute("create or replace table d (s varchar, day date, v double)")
    for name, count, late, value in series:
        connection.execute(
            "insert into d select ?, date '2026-01-01' + d::int, case when d < 32 then 0 else ? end"
            " from range(60) as t (d), range(case when d < 32 then ? else ? end)",
            [name, value, count, late],
        )


def scalar(connection: duckdb.DuckDBPyConnection, expression: str) -> object:
    row = connection.execute(f"select {expression}").fetchone()
    assert row is not None
    return row[0]


def test_recent_volume_is_that_of_the_weakest_series(connection: duckdb.DuckDBPyConnection) -> None:
    days(connection, ("a", 4, 4, 0), ("b", 4, 1, 0))
    assert scalar(connection, smallest_recent_volume("d", "day", by="s")) == 0.25
    assert scalar(connection, smallest_recent_volume("d", "day")) == 0.625
    connection.execute("delete from d where day < date '2026-01-20'")
    assert scalar(connection, smallest_recent_volume("d", "day", by="s")) == 1
    connection.execute("delete from d")
    assert scalar(connection, smallest_recent_volume("d", "day", by="s")) == 1


def test_recent_shift_is_that_of_the_series_that_moved_most(connection: duckdb.DuckDBPyConnection) -> None:
    days(connection, ("a", 1, 1, 0.5), ("b", 1, 1, -2))
    assert scalar(connection, largest_recent_shift("d", "day", "v", by="s")) == 2
    assert scalar(connection, largest_recent_shift("d", "day", "v")) == 0.75
    connection.execute("delete from d where day < date '2026-02-10'")
    assert scalar(connection, largest_recent_shift("d", "day", "v", by="s")) == 0
