"""Results are kept whole, per build and producer, and read back as they were."""

import errno
import json
import os
from pathlib import Path

import pytest

from orchestration.quality.files import StoredFileError, write_json
from orchestration.quality.results import (
    CheckResult,
    ResultFile,
    add_results,
    read_results,
    results_path,
    write_results,
)

FAILED = CheckResult("core.fct_tickets", "has_rows", "critical", "failed", "observed 0", 0, 0)
PASSED = CheckResult("core.dim_agents", "has_rows", "critical", "passed")


def test_results_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    write_results(tmp_path, "b1", "core", "run1", [FAILED, PASSED])
    assert read_results(tmp_path, "b1", "core") == ResultFile("b1", "core", "run1", (FAILED, PASSED))
    assert read_results(tmp_path, "b1", "raw") is None
    assert read_results(tmp_path, "b2", "core") is None
    assert results_path(tmp_path, "b1", "core") == tmp_path / "checks" / "b1" / "core.json"


def test_writing_replaces_what_an_earlier_run_found(tmp_path: Path) -> None:
    write_results(tmp_path, "b1", "core", "run1", [FAILED])
    write_results(tmp_path, "b1", "core", "run2", [PASSED])
    assert read_results(tmp_path, "b1", "core") == ResultFile("b1", "core", "run2", (PASSED,))


def test_adding_keeps_other_tables_of_the_same_run_only(tmp_path: Path) -> None:
    add_results(tmp_path, "b1", "core", "run1", [FAILED])
    add_results(tmp_path, "b1", "core", "run1", [PASSED])
    again = CheckResult("core.fct_tickets", "has_rows", "critical", "passed")
    add_results(tmp_path, "b1", "core", "run1", [again])
    found = read_results(tmp_path, "b1", "core")
    assert found is not None
    assert set(found.results) == {PASSED, again}
    add_results(tmp_path, "b1", "core", "run2", [PASSED])
    assert read_results(tmp_path, "b1", "core") == ResultFile("b1", "core", "run2", (PASSED,))


@pytest.mark.parametrize(
    ("status", "passed"),
    [("passed", True), ("no_data", True), ("failed", False), ("crashed", False), ("skipped", False)],
)
def test_only_findings_without_fault_pass(status: str, passed: bool) -> None:
    result = CheckResult("core.t", "c", "critical", status)  # type: ignore[arg-type]  # every status in turn
    assert result.passed is passed


@pytest.mark.parametrize("text", ["", "{", "[]", '{"build_id": "b1"}', '{"results": 1}'])
def test_a_damaged_file_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    path = results_path(tmp_path, "b1", "core")
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StoredFileError, match=r"core\.json of build b1 is damaged"):
        read_results(tmp_path, "b1", "core")


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "checks.json"
    write_json(path, {"a": 1})
    with pytest.raises(TypeError):
        write_json(path, {"a": 1, "z": object()})
    assert json.loads(path.read_text(encoding="utf-8")) == {"a": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_file_stands_until_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "checks.json"
    write_json(path, {"a": 1})

    def no_space(*_: object) -> None:
        raise OSError("no space left")

    for step in ("os.fsync", "pathlib.Path.replace"):
        with monkeypatch.context() as patch:
            patch.setattr(step, no_space)
            with pytest.raises(OSError, match="no space left"):
                write_json(path, {"a": 2})
        assert json.loads(path.read_text(encoding="utf-8")) == {"a": 1}
        assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"No space left on device: .*verdict\.json"):
        write_json(tmp_path / "verdict.json", {})
    assert list(tmp_path.iterdir()) == []
