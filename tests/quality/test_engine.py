"""Great Expectations runs quietly: it sends nothing, writes nothing, and drops no argument."""

import tempfile
from pathlib import Path
from typing import Any

import pytest

from orchestration.quality import engine
from orchestration.quality.suite import expect
from tests.expectations.breakers import frame


def test_the_context_sends_nothing_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    engine._frame_definition.cache_clear()
    context = engine._frame_definition().data_asset.datasource.data_context
    assert context.config.analytics_enabled is False
    assert list(tmp_path.iterdir()) == []


def test_loading_ahead_gives_the_context_that_checks_use() -> None:
    engine.preload().join()
    before = engine._frame_definition.cache_info().misses
    engine._frame_definition()
    assert engine._frame_definition.cache_info().misses == before


def test_an_expectation_carries_its_severity_and_arguments() -> None:
    spec = expect("score", "ExpectColumnValuesToBeBetween", column="score", min_value=1, mostly=0.5)
    built = engine.build(spec)
    assert (built.severity.value, built.column, built.min_value, built.mostly) == ("warning", "score", 1, 0.5)


@pytest.mark.parametrize(
    ("kind", "arguments", "words"),
    [
        ("ExpectNothing", {}, "GX has no expectation ExpectNothing"),
        ("ExpectColumnValuesToBeBetween", {"column": "a", "minimum": 1}, "extra fields not permitted"),
        ("ExpectColumnValuesToBeBetween", {"min_value": 1}, "field required"),
        ("ExpectColumnValuesToBeInSet", {"column": "a", "mostly": 2, "value_set": [1]}, "mostly"),
    ],
)
def test_what_gx_does_not_know_is_an_error(kind: str, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(engine.CheckCrashError, match=words):
        engine.build(expect("check", kind, **arguments))


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("ExpectColumnMeanToBeBetween", "observed 2"),
        ("ExpectColumnUniqueValueCountToBeBetween", "observed 2"),
        ("ExpectColumnMaxToBeBetween", ""),
        ("ExpectColumnMinToBeBetween", ""),
        ("ExpectColumnMedianToBeBetween", ""),
        ("ExpectColumnSumToBeBetween", ""),
    ],
)
def test_a_statistic_of_many_rows_is_told_and_a_value_is_not(kind: str, detail: str) -> None:
    validator = engine.FrameValidator(frame({"a": [1.0, 3.0]}))
    assert validator.validate(expect("check", kind, column="a", min_value=9)) == engine.Outcome(False, detail)
