"""The table hash sees every change of content and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.quality import hashing
from orchestration.quality.hashing import MissingTableError, TableHash, table_hash

BASE = "select * from (values (1, 'a', 1.50::decimal(18, 2)), (2, null, 2.25), (3, '', null)) as t (k, s, d)"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


def hash_of(connection: duckdb.DuckDBPyConnection, query: str) -> TableHash:
    connection.execute(f"create or replace table t as {query}")
    return table_hash(connection, "main", "t")


def test_physical_order_column_order_and_file_do_not_matter(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    expected = hash_of(connection, BASE)
    assert expected.rows == 3
    assert hash_of(connection, f"{BASE} order by k desc") == expected
    assert hash_of(connection, f"select d, s, k from ({BASE})") == expected
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        assert hash_of(other, BASE) == expected


@pytest.mark.parametrize(
    "changed",
    [
        f"select k, nullif(s, '') as s, d from ({BASE})",
        f"select k, coalesce(s, '') as s, d from ({BASE})",
        f"select k, coalesce(s, 'null') as s, d from ({BASE})",
        f"select k, s, d + case when k = 2 then 0.01 else 0 end as d from ({BASE})",
        f"select k, s, cast(d as decimal(18, 3)) as d from ({BASE})",
        f"select cast(k as bigint) as k, s, d from ({BASE})",
        f"select k as key, s, d from ({BASE})",
        f"select *, null as extra from ({BASE})",
        f"{BASE} where k < 3",
        f"{BASE} union all {BASE} where k = 1",
        f"select k, case k when 1 then null when 2 then 'a' else s end as s, d from ({BASE})",
    ],
    ids=lambda query: query[:60],
)
def test_every_change_of_content_shows(connection: duckdb.DuckDBPyConnection, changed: str) -> None:
    assert hash_of(connection, changed).hash != hash_of(connection, BASE).hash


def test_rows_that_swap_a_value_do_not_cancel_each_other(connection: duckdb.DuckDBPyConnection) -> None:
    first = hash_of(connection, "select * from (values (1, 'a'), (2, 'b')) as t (k, s)")
    assert hash_of(connection, "select * from (values (1, 'b'), (2, 'a')) as t (k, s)") != first


def test_pairs_of_equal_rows_do_not_cancel_each_other(connection: duckdb.DuckDBPyConnection) -> None:
    assert hash_of(connection, "select 1 as k from range(2)") != hash_of(
        connection, "select 2 as k from range(2)"
    )


def test_neighbouring_texts_and_nested_values_cannot_be_confused(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert hash_of(connection, "select 'ab' as a, 'c' as b") != hash_of(
        connection, "select 'a' as a, 'bc' as b"
    )
    assert hash_of(connection, "select ['a, b'] as a") != hash_of(connection, "select ['a', 'b'] as a")


def test_a_stamp_with_zone_is_an_instant_and_an_infinite_one_is_not_null(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    utc = hash_of(connection, "select timestamptz '2026-01-01 00:00:00+00' as a")
    connection.execute("set TimeZone = 'Asia/Shanghai'")
    assert hash_of(connection, "select timestamptz '2026-01-01 00:00:00+00' as a") == utc
    infinite = hash_of(connection, "select timestamp 'infinity' as a")
    assert hash_of(connection, "select cast(null as timestamp) as a") != infinite


def test_decimals_keep_all_their_digits(connection: duckdb.DuckDBPyConnection) -> None:
    big = "9007199254740993.000001::decimal(38, 6)"
    assert hash_of(connection, f"select {big} as a") != hash_of(connection, f"select {big} + 0.000001 as a")


def test_hostile_names_are_only_names(connection: duckdb.DuckDBPyConnection) -> None:
    for name in ('x"; drop table t; --', "x'; drop table t; --"):
        connection.execute(
            f'create table "{name.replace(chr(34), chr(34) * 2)}" as select 1 as "a"", 2 as ""b"'
        )
        assert table_hash(connection, "main", name).rows == 1


def test_an_empty_table_has_a_hash_and_a_missing_one_is_an_error(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert hash_of(connection, f"{BASE} where k > 3").rows == 0
    with pytest.raises(MissingTableError, match=r"main\.gone does not exist"):
        table_hash(connection, "main", "gone")
    connection.execute("attach ':memory:' as other")
    connection.execute("create table other.main.gone as select 1 as k")
    with pytest.raises(MissingTableError):
        table_hash(connection, "main", "gone")


def test_more_rows_than_one_fetch_are_all_hashed(connection: duckdb.DuckDBPyConnection) -> None:
    many = hash_of(connection, "select range as k from range(100001)")
    assert many.rows == 100_001
    assert hash_of(connection, "select least(range, 99999) as k from range(100001)").hash != many.hash


def test_a_table_that_is_sorted_range_by_range_has_the_same_hash(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "select range // 2 as k from range(1000)"
    at_once = hash_of(connection, rows)
    monkeypatch.setattr(hashing, "_ROWS_PER_SORT", 30)
    assert hash_of(connection, rows) == at_once
    assert hash_of(connection, f"{rows} where range < 999") != at_once
