"""Killed at each of its steps, a run leaves a home whose next run is whole; points of dbt: the long part."""

from pathlib import Path

import duckdb
import pytest

from orchestration import crash_points
from orchestration.settings import KNOWN_VARIABLES, Settings, crash_point_of_environment
from tests.chaos.invariants import Undisturbed, broken_invariants, undisturbed
from tests.chaos.points import of_a_build, points
from tests.chaos.small_home import (
    Action,
    copy_of,
    go_back,
    judge,
    killed_at,
    land,
    make_home,
    next_run,
    publish_next,
    scorecards,
)

STEPS: dict[str, tuple[Action, ...]] = {
    "landing": (land,),
    "stored results": (judge,),
    "publication": (publish_next,),
    "retirement": (publish_next,),
    "scorecards": (scorecards,),
    "audit": (publish_next, scorecards, go_back),
    "rollback": (go_back,),
}
CASES = [
    pytest.param(point, action, id=f"{point}, in {action.__name__}")
    for point in points()
    if not of_a_build(point)
    for action in STEPS[point.partition(":")[0]]
]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_home(tmp_path_factory.mktemp("original") / "home")


@pytest.fixture(scope="module")
def expected(original: Settings, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    settings = copy_of(original, tmp_path_factory.mktemp("undisturbed") / "home")
    next_run(settings)
    assert broken_invariants(settings) == []
    return undisturbed(settings)


def served(settings: Settings) -> list[tuple[str]]:
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        return reader.execute("select distinct build_id from core.fct_tickets").fetchall()


@pytest.mark.parametrize(("point", "action"), CASES)
def test_after_a_crash_the_next_run_is_whole(
    point: str, action: Action, original: Settings, expected: Undisturbed, tmp_path: Path
) -> None:
    settings = copy_of(original, tmp_path / "home")
    assert killed_at(point, action, settings), "the point was not reached"
    assert served(settings) in ([("b1",)], [("b2",)])
    next_run(settings)
    assert broken_invariants(settings, expected) == []


def test_points_of_a_build_and_no_others_are_left_to_the_long_part() -> None:
    assert {point.partition(":")[0] for point in points() if not of_a_build(point)} == set(STEPS)
    assert len(points()) > 40


def test_an_unset_point_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAREHOUSE_CRASH_AT", raising=False)
    assert crash_point_of_environment() is None
    assert crash_points.ARMED is None, "the tests themselves must not be armed"
    crash_points.crash_point("landing: begun")
    assert "WAREHOUSE_CRASH_AT" in KNOWN_VARIABLES


def test_a_point_in_a_name_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "orchestration" / "module.py"
    module.parent.mkdir()
    monkeypatch.setattr("tests.chaos.points.PROJECT_ROOT", tmp_path)
    module.write_text("crash_point('a')\ncrash_point('a')\n")
    with pytest.raises(ValueError, match="name of its own"):
        points()
    module.write_text("crash_point(f'a')\n")
    with pytest.raises(ValueError, match="is a literal"):
        points()
