"""When a build continues the last one, and what it is told has changed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orchestration.settings import Settings
from orchestration.warehouse.build_files import opened_build
from orchestration.warehouse.identity import code_fingerprint
from orchestration.warehouse.increment import REMEMBERED, Wish, begin_models, complete, foundation
from orchestration.warehouse.prepare import prepare_build
from tests.dbt_project.builds import Build, land, landed

TEAMS = "team_id,team_name,department_id,department_name,site\n"
EVENTS = "ticket_id,event_no,at,event,actor,agent_id,team_id,channel,from_value,to_value\n"


def delivered(home: Path, name: str, text: str) -> None:
    folder = home / "inbox" / "crm"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8-sig")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    delivered(tmp_path, "teams.csv", TEAMS + "T1,One,D1,Dept,Site\n")
    delivered(tmp_path, "ticket_events_202601.csv", EVENTS + "T1,1,2026-01-01 09:00:00,CREATE,C,,,,,\n")
    return tmp_path


def completed(settings: Settings) -> None:
    """Pretend that dbt has built what the increment remembers."""
    with opened_build(settings, read_only=False) as connection:
        connection.execute("create schema if not exists work.intermediate")
        for model in REMEMBERED:
            connection.execute(f"create table if not exists work.intermediate.{model} as select 1 as one")
    complete(settings, foundation(settings, code_fingerprint()))


def begun(settings: Settings, wish: Wish | None = None) -> tuple[bool, dict[str, int]]:
    """Begin a build; whether it continues the last one, and how many deliveries it says came and went."""
    prepare_build(settings, wish)
    with opened_build(settings) as connection:
        ((is_incremental,),) = connection.execute("select is_incremental from raw.increment").fetchall()
        counted = "select change, count(*) from raw.batch_changes group by change"
        return is_incremental, dict(connection.execute(counted).fetchall())


@pytest.fixture
def built(home: Path) -> Build:
    build = landed(home)
    completed(build.settings)
    return build


def test_a_complete_build_is_continued_and_then_no_longer_complete(built: Build) -> None:
    assert begun(built.settings) == (True, {})
    assert begun(built.settings) == (False, {}), "the build that began was not finished"


def test_a_new_home_a_full_refresh_and_other_settings_begin_anew(built: Build) -> None:
    assert begun(built.settings, Wish(full_refresh=True)) == (False, {})
    completed(built.settings)
    assert begun(replace(built.settings, minimum_n=6)) == (False, {})
    completed(built.settings)
    built.settings.work_file.unlink()
    assert begun(built.settings) == (False, {})


def test_the_files_of_two_builds_are_not_continued_together(built: Build) -> None:
    with opened_build(built.settings, read_only=False) as connection:
        connection.execute("update raw.run_parameters set build_id = 'another'")
    assert begun(built.settings) == (False, {})


def test_a_feed_delivered_in_full_replaces_and_one_that_appends_adds(built: Build, home: Path) -> None:
    delivered(home, "teams.csv", TEAMS + "T1,One,D2,Dept,Site\n")
    delivered(home, "ticket_events_202602.csv", EVENTS + "T1,2,2026-02-01 09:00:00,REPLY,A,,,,,\n")
    land(built.settings)
    assert begun(built.settings) == (True, {"new": 2, "gone": 1})


def test_a_delivery_that_is_lost_makes_a_build_begin_anew(built: Build) -> None:
    for record in (built.settings.landing / "manifest" / "crm_ticket_events").iterdir():
        record.unlink()
    assert begun(built.settings) == (False, {})


def test_a_delivery_that_landed_anew_with_other_rows_makes_a_build_begin_anew(built: Build) -> None:
    with opened_build(built.settings, read_only=False) as connection:
        connection.execute("update work.built.batches set sha256 = 'of other rows'")
    assert begun(built.settings) == (False, {})


def test_models_that_begin_a_second_time_are_made_in_full(built: Build) -> None:
    begun(built.settings)
    for stage, expected in (("core", True), ("scorecards", True), ("core", False)):
        begin_models(built.settings, stage)
        with opened_build(built.settings) as connection:
            assert connection.execute("select is_incremental from raw.increment").fetchall() == [(expected,)]


def test_a_backfill_has_two_ends() -> None:
    wish = Wish.of_days("2025-03-01", "2025-03-31")
    assert wish == Wish(touched_from=date(2025, 3, 1), touched_until=date(2025, 3, 31))
    with pytest.raises(ValueError, match="both --from and --until"):
        Wish.of_days("2025-03-01", None)
