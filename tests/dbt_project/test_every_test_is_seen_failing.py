"""Every dbt test passes on sound rows and turns red on a broken one: a check that cannot fail checks nothing.

The tests of `dbt_project/tests/kpis` are seen failing in `tests/kpis`, on rows of their own.
"""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.settings import DBT_PROJECT_DIR
from tests.dbt_project.builds import Build, not_as
from tests.kpis.macros import call
from tests.kpis.test_checks_seen_failing import BREAKS, OF_THE_STAR

pytestmark = pytest.mark.xdist_group("dbt_builds")
Node = dict[str, Any]
POISON = (Path(__file__).parent / "poisoned_core.sql").read_text(encoding="utf-8")
NAMED_IN_POISON = set(re.findall(r"\bassert_\w+", POISON))
GENERIC = {"primary_key", "not_null", "foreign_keys", "accepted_values", "unique_together"}
GENERIC |= {"scope_members_are_known"}


def singular(data_tests: list[Node], folder: str) -> set[str]:
    return {
        test["name"]
        for test in data_tests
        if "test_metadata" not in test and test["original_file_path"].startswith(f"tests/{folder}/")
    }


def names(statuses: dict[str, str]) -> set[str]:
    return {unique_id.split(".")[2] for unique_id in statuses}


def test_every_singular_test_has_its_poison(data_tests: list[Node]) -> None:
    assert singular(data_tests, "core") == NAMED_IN_POISON
    assert singular(data_tests, "kpis") == {*BREAKS, OF_THE_STAR}
    everywhere = {test["name"] for test in data_tests if "test_metadata" not in test}
    assert everywhere == singular(data_tests, "core") | singular(data_tests, "kpis")


def test_every_generic_test_is_of_a_known_type(data_tests: list[Node]) -> None:
    types = {test["test_metadata"]["name"] for test in data_tests if "test_metadata" in test}
    assert types == GENERIC, (
        "primary_key for unique + not_null; foreign_keys, one per table, for relationships"
    )
    assert {path.stem for path in (DBT_PROJECT_DIR / "tests" / "generic").glob("*.sql")} <= GENERIC


def test_the_tests_of_core_pass_on_the_demo(demo_build: Build) -> None:
    statuses = demo_build.dbt("test", "--select", "path:tests/core")
    assert not_as("pass", statuses) == {}
    assert names(statuses) == NAMED_IN_POISON


def test_the_tests_of_core_fail_on_poisoned_rows(demo_build: Build, tmp_path: Path) -> None:
    poisoned = demo_build.copy(tmp_path)
    with poisoned.connect(read_only=False) as connection:
        connection.execute(POISON)
    statuses = poisoned.dbt("test", "--select", "path:tests/core")
    assert not_as("fail", statuses) == {}
    assert names(statuses) == NAMED_IN_POISON


def test_every_generic_test_fails_on_a_bad_row(
    empty_build: tuple[Build, dict[str, str]],
    manifest: dict[str, Any],
    data_tests: list[Node],
    tmp_path: Path,
) -> None:
    spoiled = empty_build[0].copy(tmp_path)
    generic = [test for test in data_tests if "test_metadata" in test]
    with spoiled.connect(read_only=False) as connection:
        tables = sorted({relation(manifest, test) for test in generic})
        for table in tables:  # all before the first is replaced: a view reads others with their types
            keep_columns(connection, table)
        for table in tables:
            make_loose_table(connection, table)
        for number, test in enumerate(generic):
            spoil(connection, relation(manifest, test), test, word=f"unheard of {number}")
    statuses = spoiled.dbt("test", "--select", "test_type:generic")
    assert not_as("fail", statuses) == {}
    assert set(statuses) == {test["unique_id"] for test in generic}
    with spoiled.connect() as connection:
        for test in generic:
            if test["test_metadata"]["name"] == "foreign_keys":
                found = f"select distinct column_name from ({spoiled.compiled[test['unique_id']]})"
                keys = test["test_metadata"]["kwargs"]["keys"]
                assert {row[0] for row in connection.execute(found).fetchall()} == {
                    key["column"] for key in keys
                }


def relation(manifest: dict[str, Any], test: Node) -> str:
    node = manifest["nodes"][test["attached_node"]]
    return f"{node['database']}.{node['schema']}.{node['alias']}"


def scope_key(fact: str) -> str:
    """A column that names members of a scope of the fact."""
    return str(call("kpi_scope_column", call("kpi_scopes", fact)[0])).strip()


def keep_columns(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    connection.execute("create schema if not exists loose")
    name = table.replace(".", "__")
    connection.execute(
        f"create table loose.{name} as select cast(columns(*) as varchar) from {table} limit 0"
    )


def make_loose_table(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """In the place of a view or of a table with constraints: the same columns as free text."""
    is_view = connection.execute(
        "select count(*) from duckdb_views() where concat_ws('.', database_name, schema_name, view_name) = ?",
        [table],
    ).fetchall()[0][0]
    connection.execute(f"drop {'view' if is_view else 'table'} {table} cascade")
    connection.execute(f"create table {table} as select * from loose.{table.replace('.', '__')}")


def spoil(connection: duckdb.DuckDBPyConnection, table: str, test: Node, word: str) -> None:
    """Insert the row, or the pair of rows, that one generic test must find."""
    kind, arguments = test["test_metadata"]["name"], test["test_metadata"]["kwargs"]
    columns = [key["column"] for key in arguments.get("keys", [])] or arguments.get("columns", [])
    columns = columns or [scope_key(arguments["fact"]) if "fact" in arguments else test["column_name"]]
    row = ", ".join(f"$word as {column}" for column in columns)
    for _ in range(2 if kind in {"primary_key", "unique_together"} else 1):
        value = None if kind == "not_null" else word
        connection.execute(f"insert into {table} by name select {row}", {"word": value})
