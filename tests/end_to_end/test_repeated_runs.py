"""Running again changes nothing; the same landing gives the same tables in every directory."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.quality.hashing import TableHash, table_hash
from tests.end_to_end.project import Project, new_project, tree_state

pytestmark = pytest.mark.end_to_end


def hashes(project: Project) -> dict[str, TableHash]:
    """The hash of every published table."""
    with duckdb.connect(str(project.published / "warehouse.duckdb"), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() order by all"
        ).fetchall()
        return {f"{schema}.{table}": table_hash(connection, schema, table) for schema, table in tables}


def build_id(project: Project) -> str:
    ((found,),) = project.query("select build_id from core.dim_builds")
    return str(found)


def published_builds(project: Project) -> list[str]:
    lines = (project.published / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [entry["build_id"] for entry in entries if entry["kind"] == "build_published"]


@pytest.mark.xdist_group("repeated")
def test_a_second_run_on_the_same_inbox_changes_nothing(demo_copy: Project) -> None:
    landed, published = tree_state(demo_copy.home / "landing"), tree_state(demo_copy.published)
    tables, build = hashes(demo_copy), build_id(demo_copy)
    assert len(landed) > 100
    demo_copy.run_green()
    assert tree_state(demo_copy.home / "landing") == landed
    assert hashes(demo_copy) == tables
    assert build_id(demo_copy) == build
    assert published_builds(demo_copy) == [build]
    assert tree_state(demo_copy.published).keys() == published.keys()


@pytest.mark.xdist_group("elsewhere")
def test_the_same_landing_gives_the_same_tables_in_another_directory(demo: Project, tmp_path: Path) -> None:
    other = new_project(tmp_path / "elsewhere" / "deeper" / "project", demo.root)
    for part in ("inbox", "landing", "quarantine", "vault", "secrets"):
        shutil.copytree(demo.home / part, other.home / part)
    other.run_green()
    assert build_id(other) == build_id(demo)
    assert hashes(other) == hashes(demo)
    assert {table.partition(".")[0] for table in hashes(demo)} == {"core", "kpis", "scorecards"}


@pytest.mark.xdist_group("demo")
def test_a_table_whose_one_value_differs_has_another_hash(demo: Project) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo.published / 'warehouse.duckdb'}' as published (read_only)")
        connection.execute("create table kpi as select * from published.kpis.fct_kpi_values")
        before = table_hash(connection, "main", "kpi")
        connection.execute(
            "update kpi set numerator = numerator + 0.000001"
            " where (kpi_code, period_grain) = ('csat_top2', 'year') and scope_type = 'organisation'"
        )
        assert table_hash(connection, "main", "kpi") != before
