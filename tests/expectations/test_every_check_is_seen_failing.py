"""Each expectation of each suite passes on good data and fails on bad data, which fail nothing else."""

from functools import cache

import pytest

from expectations import core_suites, raw_suites
from orchestration.quality.engine import CheckCrashError, FrameValidator
from orchestration.quality.suite import ROW_COUNT, Expect, Suite
from tests.expectations.breakers import Columns, bad_columns, frame, good_columns

SUITES = {suite.table: suite for suite in (*raw_suites(), *core_suites())}
COLUMN_CHECKS = [
    pytest.param(suite, spec, id=f"{suite.table}-{spec.check}")
    for suite in SUITES.values()
    for spec in suite.expectations
    if spec.kind != ROW_COUNT
]


def passes(columns: Columns, spec: Expect) -> bool:
    return FrameValidator(frame(columns)).validate(spec).passed


def suits(columns: Columns, specs: list[Expect]) -> bool:
    """Whether all the expectations pass; text does not suit where one of them wants numbers."""
    try:
        return all(passes(columns, spec) for spec in specs)
    except CheckCrashError:
        return False


@cache
def good_data(table: str) -> Columns:
    """Columns with which every expectation of the suite passes, found column by column."""
    specs = [spec for spec in SUITES[table].expectations if spec.columns]
    chosen: Columns = {}
    for spec in sorted(specs, key=lambda spec: -len(spec.columns)):
        if set(spec.columns) <= set(chosen):
            continue
        related = [other for other in specs if set(other.columns) <= set(spec.columns)]
        candidates = [columns for other in related for columns in good_columns(other)]
        whole = [columns for columns in candidates if set(columns) == set(spec.columns)]
        chosen |= next(columns for columns in whole if suits(columns, related))
    return chosen


@pytest.mark.parametrize(("suite", "spec"), COLUMN_CHECKS)
def test_a_check_passes_on_good_data_and_fails_on_each_kind_of_bad_data(suite: Suite, spec: Expect) -> None:
    good = good_data(suite.table)
    assert passes(good, spec)
    broken = bad_columns(spec)
    assert broken, f"{spec.check} cannot fail"
    for columns in broken:
        assert not passes(good | columns, spec)


@pytest.mark.parametrize(("suite", "spec"), COLUMN_CHECKS)
def test_bad_data_fail_no_check_of_another_column(suite: Suite, spec: Expect) -> None:
    validator = FrameValidator(frame(good_data(suite.table) | bad_columns(spec)[0]))
    others = [
        other for other in suite.expectations if other.columns and not {*other.columns} & {*spec.columns}
    ]
    assert [other.check for other in others if not validator.validate(other).passed] == []


@pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES)
def test_the_row_count_fails_without_rows(suite: Suite) -> None:
    (spec,) = (spec for spec in suite.expectations if spec.kind == ROW_COUNT)
    assert passes({"any": [1]}, spec)
    assert not passes({"any": []}, spec)
