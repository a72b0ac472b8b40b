"""Every KPI value is what the rows of `kpis.kpi_evidence` add up to, in every scope, grain and period."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.evidence_rows import compared
from tests.end_to_end.project import Project
from tests.kpis.macros import call

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("shanghai")]
DUE = [entry["code"] for entry in call("kpi_registry") if entry["due"] == "now"]


@pytest.fixture(scope="module")
def evidence(shanghai: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(shanghai.published / "warehouse.duckdb"), read_only=True) as connection:
        compared(connection)
        yield connection


@pytest.mark.parametrize("kpi_code", DUE)
def test_the_rows_behind_every_value_add_up_to_it(evidence: duckdb.DuckDBPyConnection, kpi_code: str) -> None:
    ask = "select * from compared where kpi_code = $1 and is_different limit 10"
    assert evidence.execute(ask, [kpi_code]).fetchall() == []
    # Nothing is proved of a KPI without rows, nor of a scope type or grain that was not compared.
    ask = """
        select scope_type, period_grain, count(rows_that_count) > 0
        from compared where kpi_code = $1 and n > 0 group by all
    """
    told = {row[:2]: row[2] for row in evidence.execute(ask, [kpi_code]).fetchall()}
    assert told
    assert [place for place, has_rows in told.items() if not has_rows] == []


def test_a_value_that_its_rows_do_not_give_is_found(shanghai: Project, tmp_path: Path) -> None:
    """One value of every KPI is made wrong, whatever its rule."""
    damaged = tmp_path / "warehouse.duckdb"
    shutil.copyfile(shanghai.published / "warehouse.duckdb", damaged)
    with duckdb.connect(str(damaged)) as connection:
        connection.execute("""
            update kpis.fct_kpi_values set n = n + 1
            where rowid in (select max(rowid) from kpis.fct_kpi_values where n > 0 group by kpi_code)
        """)
        compared(connection)
        found = connection.execute("select distinct kpi_code from compared where is_different").fetchall()
    assert {code for (code,) in found} == set(DUE)


def test_a_row_that_does_not_count_says_why(shanghai: Project) -> None:
    silent = shanghai.query("""
        select kpi_code, count(*) from kpis.kpi_evidence
        where (reason is null) <> (is_in_numerator or is_in_denominator or numerator is not null)
        group by kpi_code
    """)
    assert silent == []
