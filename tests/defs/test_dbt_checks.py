"""What the asset page says of a table's dbt tests."""

import dagster as dg

from orchestration.defs.transformation.dbt_steps import check_result
from orchestration.warehouse.dbt_step import NodeResult

SPEC = dg.AssetCheckSpec("dbt_tests", asset=["core", "fct_tickets"])
PASSED = NodeResult("b1", succeeded=True, seconds=0.1)


def test_tests_that_pass_say_nothing() -> None:
    result = check_result(SPEC, {"keys": PASSED, "links": PASSED})
    assert (result.passed, result.description) == (True, "")


def test_a_failed_warning_is_counted_and_does_not_block() -> None:
    result = check_result(SPEC, {"keys": PASSED, "links": NodeResult("b1", False, 0.1, failures=3)})
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert result.description == "links: 3 rows"


def test_what_blocks_is_an_error() -> None:
    result = check_result(SPEC, {"links": NodeResult("b1", False, 0.1, blocks=True, failures=1)})
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.ERROR)


def test_a_test_without_a_result_has_not_passed() -> None:
    result = check_result(SPEC, {"keys": PASSED, "links": None})
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert result.description == "links: no result"
    assert result.metadata["failed_tests"] == dg.MetadataValue.int(1)
