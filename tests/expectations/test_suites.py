"""Every delivered table has a suite; every suite fits GX and the columns that are promised."""

import re
from collections.abc import Iterator
from datetime import datetime

import duckdb
import pytest
import yaml

from expectations import core_suites, raw_suites
from orchestration.quality.engine import build
from orchestration.quality.suite import Expect, Suite
from orchestration.quality.table import load_table
from orchestration.settings import CONTRACTS_DIR, DBT_PROJECT_DIR
from orchestration.sources.contract import load_contracts
from orchestration.sources.raw_schema import register_raw

ALL = (*raw_suites(), *core_suites())
SPECS = [pytest.param(spec, id=f"{suite.table}-{spec.check}") for suite in ALL for spec in suite.expectations]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """All raw views as the contracts declare them, and all core tables as their models do, without rows."""
    with duckdb.connect() as connection:
        register_raw(
            connection,
            load_contracts(CONTRACTS_DIR),
            tmp_path_factory.mktemp("landing"),
            build_id="b1",
            as_of=datetime(2026, 1, 1),  # noqa: DTZ001 - stamps in the warehouse are UTC without a zone
            reporting_time_zone="UTC",
            minimum_n=5,
        )
        connection.execute("create schema core")
        for path in sorted((DBT_PROJECT_DIR / "models" / "marts" / "core").rglob("*.yml")):
            for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
                columns = ", ".join(f"{column['name']} {column['data_type']}" for column in model["columns"])
                connection.execute(f"create table core.{model['name']} ({columns})")
        yield connection


@pytest.mark.parametrize("suite", ALL, ids=[suite.table for suite in ALL])
def test_a_suite_reads_only_columns_that_are_promised(
    connection: duckdb.DuckDBPyConnection, suite: Suite
) -> None:
    assert load_table(connection, suite, 0).missing == {}


def test_every_contracted_table_has_a_suite() -> None:
    contracts = load_contracts(CONTRACTS_DIR).values()
    contracted = {f"raw.{table.raw_name}" for contract in contracts for table in contract.tables.values()}
    assert contracted == {suite.table for suite in raw_suites()}


@pytest.mark.parametrize("spec", SPECS)
def test_gx_knows_the_expectation_and_its_arguments(spec: Expect) -> None:
    expectation = build(spec)
    assert type(expectation).__name__ == spec.kind
    assert expectation.severity.value == spec.severity
    for name, value in spec.arguments.items():
        assert getattr(expectation, name) == value


@pytest.mark.parametrize("spec", SPECS)
def test_a_pair_is_compared_only_where_both_values_are_there(spec: Expect) -> None:
    if "PairValues" in spec.kind:  # GX would count a single missing value as unexpected
        assert spec.arguments.get("ignore_row_if") == "either_value_is_missing"


def test_only_what_is_impossible_blocks_on_delivered_data() -> None:
    """One red blocking check on any raw table would stop the dbt step that all sources share."""
    blocking = {
        spec.check for suite in raw_suites() for spec in suite.expectations if spec.severity == "critical"
    }
    assert blocking == {"has_rows"}


@pytest.mark.parametrize("suite", core_suites(), ids=[suite.table for suite in core_suites()])
def test_a_core_table_is_fed_by_a_model_that_exists(suite: Suite) -> None:
    models = {path.stem for path in (DBT_PROJECT_DIR / "models").rglob("*.sql")}
    named = set(re.findall(r"\b(?:intermediate|core)\.(\w+)", str(suite.fed_by)))
    assert named
    assert named <= models
