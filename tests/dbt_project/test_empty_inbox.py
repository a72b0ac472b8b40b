"""On a landing without a file everything is built, typed and green, and every unit test passes."""

from typing import Any

import pytest

from tests.dbt_project.builds import Build, by_kind, not_as

pytestmark = pytest.mark.xdist_group("dbt_builds")
COLUMNS = """
select table_schema || '.' || table_name, list(column_name || ' ' || data_type order by ordinal_position)
from information_schema.columns
where table_schema in ('staging', 'intermediate', 'core')
group by all
"""
Empty = tuple[Build, dict[str, str]]


def of_kind(statuses: dict[str, str], kind: str) -> dict[str, str]:
    return {node: status for node, status in statuses.items() if node.startswith(f"{kind}.")}


def test_every_unit_test_of_the_manifest_has_run_and_passed(
    empty_build: Empty, manifest: dict[str, Any]
) -> None:
    build, statuses = empty_build
    ran = of_kind(statuses, "unit_test")
    assert not_as("pass", ran) == {}, build.said
    assert set(ran) == set(manifest["unit_tests"])
    assert len(ran) > 50


def test_every_model_and_seed_is_built_from_nothing(empty_build: Empty, manifest: dict[str, Any]) -> None:
    build, statuses = empty_build
    built = of_kind(statuses, "model") | of_kind(statuses, "seed")
    assert not_as("success", built) == {}, build.said
    assert set(built) == {
        key for key, node in manifest["nodes"].items() if node["resource_type"] in {"model", "seed"}
    }


def test_every_data_test_passes_on_nothing(empty_build: Empty, data_tests: list[dict[str, Any]]) -> None:
    build, statuses = empty_build
    assert not_as("pass", of_kind(statuses, "test")) == {}, build.said
    assert by_kind(statuses)["test"] == len(data_tests)


def test_facts_are_empty_and_dimensions_have_only_their_unknown_member(empty_build: Empty) -> None:
    with empty_build[0].connect() as connection:
        rows = {
            table: connection.execute(f"select count(*) from core.{table}").fetchall()[0][0]
            for table in ("fct_tickets", "fct_complaints", "fct_orders", "dim_customers", "dim_agents")
        }
    assert rows == {
        "fct_tickets": 0,
        "fct_complaints": 0,
        "fct_orders": 0,
        "dim_customers": 1,
        "dim_agents": 1,
    }


def test_columns_have_the_types_that_they_have_with_data(empty_build: Empty, demo_build: Build) -> None:
    with empty_build[0].connect() as nothing, demo_build.connect() as demo:
        empty, filled = dict(nothing.execute(COLUMNS).fetchall()), dict(demo.execute(COLUMNS).fetchall())
    assert len(filled) > 150
    assert {table: columns for table, columns in filled.items() if empty[table] != columns} == {}
