"""A suite that could not run, or could pass on nothing, cannot be declared; declaring one costs nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.quality.suite import Suite, SuiteError, expect, expected_checks, has_rows

SCORE = expect("score_is_1_to_5", "ExpectColumnValuesToBeBetween", column="score", min_value=1)


@pytest.mark.parametrize(
    ("table", "expectations", "words"),
    [
        ("fct_tickets", (has_rows(),), "is not a table name"),
        ("core.Fct", (has_rows(),), "is not a table name"),
        ('core."x"', (has_rows(),), "is not a table name"),
        (
            "core.t",
            (has_rows(), expect("Score is", "ExpectColumnToExist", column="s")),
            "is not a check name",
        ),
        ("raw.t", (has_rows(), SCORE, SCORE), "is declared twice"),
        ("raw.t", (SCORE,), "is missing"),
        ("raw.t", (expect("n", "ExpectTableRowCountToBeBetween", min_value=1),), "is missing"),
    ],
)
def test_a_suite_that_cannot_be_trusted_is_refused(table: str, expectations: tuple, words: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(SuiteError, match=words):
        Suite(table=table, expectations=expectations)


@pytest.mark.parametrize(("table", "fed_by"), [("raw.crm_tickets", "staging.t"), ("core.fct_tickets", None)])
def test_a_suite_says_when_rows_are_due(table: str, fed_by: str | None) -> None:
    with pytest.raises(SuiteError, match="say by what it is fed"):
        Suite(table=table, expectations=(has_rows(),), fed_by=fed_by)


def test_a_suite_reads_each_column_once() -> None:
    pair = expect("b_after_a", "ExpectColumnPairValuesAToBeGreaterThanB", column_A="b", column_B="score")
    suite = Suite(table="raw.crm_tickets", expectations=(has_rows(), SCORE, pair))
    assert suite.columns == ("b", "score")
    assert expected_checks([suite], "raw") == {
        ("raw", "raw.crm_tickets", name) for name in ("has_rows", "score_is_1_to_5", "b_after_a")
    }


def test_loading_all_suites_imports_no_heavy_library() -> None:
    code = (
        "import sys, expectations, orchestration.quality.runner, orchestration.quality.gate;"
        "expectations.raw_suites(), expectations.core_suites();"
        "heavy = {'great_expectations', 'pandas', 'dagster'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
