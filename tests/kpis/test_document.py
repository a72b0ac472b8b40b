"""docs/kpis.md says of a KPI what the tables say."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.scorecards.document import kpis_markdown
from tests.kpis.macros import call

TARGETS = """
create table core.kpi_targets as
    select 'csat_top2' as kpi_code, *
    from (values
        ('organisation', 'all', 0.9, null, null, 'implied', 'Customers first', date '2000-01-01', null),
        ('channel', 'phone', 0.855, 0.8, 0.5, 'house', 'Harder', date '2020-01-01', null),
        ('team', 't', 0.1, null, null, 'house', 'Long gone', date '1990-01-01', date '1999-12-31')
    ) as targets (scope_type, scope_key, target, warning, floor, origin, reason, valid_from, valid_to)
"""


@pytest.fixture
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema kpis; create schema core")
        connection.execute(f"create table kpis.dim_kpi as {call('kpi_registry_rows')}")
        connection.execute(TARGETS)
        yield connection


def entry(text: str, code: str) -> str:
    return text.split(f"### `{code}`", 1)[1].split("\n#", 1)[0]


def test_every_kpi_has_an_entry_under_its_pillar(marts: duckdb.DuckDBPyConnection) -> None:
    text = kpis_markdown(marts)
    assert text.startswith("# KPIs\n")
    assert text.count("\n### `") == len(call("kpi_registry"))
    assert text.index("## Service quality") < text.index("`backlog_open`") < text.index("## Service effect")


def test_an_entry_tells_formula_cohort_interval_and_targets(marts: duckdb.DuckDBPyConnection) -> None:
    text = kpis_markdown(marts)
    csat = entry(text, "csat_top2")
    assert "客户满意率" in csat
    assert "sum of `is_top_box` / sum of `is_csat_answer`, from `fct_survey_responses`" in csat
    assert "Wilson, 95 %" in csat
    assert "- Target 90 % since 2000-01-01 (implied): Customers first" in csat
    assert (
        "- Target 85.5 %, warning 80 %, floor 50 % for channel `phone` since 2020-01-01 (house): Harder"
        in csat
    )
    assert "Long gone" not in text
    assert "90th percentile of `resolution_seconds`" in entry(text, "resolution_minutes_p90")
    assert "final 3 d after the period" in entry(text, "resolution_rate")
    assert "model `kpi_backlog`" in entry(text, "backlog_open")
    assert "due later, no values yet" in entry(text, "csat_index")


def test_the_page_is_the_same_twice(marts: duckdb.DuckDBPyConnection) -> None:
    assert kpis_markdown(marts) == kpis_markdown(marts)
