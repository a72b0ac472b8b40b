"""Published scorecards: immutable, versioned, restated only for a reason, from a verified build only."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from orchestration.publishing import audit
from orchestration.publishing.files import PublicationError
from orchestration.publishing.verification import verify
from orchestration.scorecards.index import read_index
from orchestration.scorecards.publish import publish_scorecards
from orchestration.scorecards.stage import Staged, Task
from orchestration.settings import Settings
from tests.publishing.synthetic import NOW, build_and_publish, settings_in
from tests.publishing.test_snapshot import tree


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build b1 is served with its monthly scorecards; tests change copies."""
    settings = settings_in(tmp_path_factory.mktemp("original"))
    build_and_publish(settings, "b1")
    publish_scorecards(settings, "monthly", NOW)
    return settings.home


@pytest.fixture
def ready(settings: Settings, original: Path) -> Settings:
    shutil.copytree(original, settings.home, symlinks=True)
    return settings


def card(settings: Settings, path: str) -> dict[str, Any]:
    file = settings.published / "scorecards" / path / "scorecard.json"
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def kpi(content: dict[str, Any], code: str) -> dict[str, Any]:
    return next(kpi for kpi in content["kpis"] if kpi["kpi_code"] == code)


def set_team_kpi(code: str, assignment: str, month: str = "2026-10-01") -> str:
    return (
        f"update scorecards.rpt_scorecard_lines set {assignment} where kpi_code = '{code}'"
        f" and member_key = 'crm:TEAM1' and period_grain = 'month' and period_start = date '{month}'"
    )


def test_every_audience_member_and_period_has_its_place(ready: Settings) -> None:
    folder = ready.published / "scorecards"
    monthly = {path.parent.relative_to(folder).as_posix() for path in folder.rglob("scorecard.html")}
    assert len(monthly) == 3 * 14
    assert {"executive/2026-10/v1", "team/crm.TEAM0/2025-09/v1", "team/crm.TEAM1/2026-10/v1"} <= monthly
    summary = publish_scorecards(ready, "weekly", NOW)
    assert summary.first_versions == 3 * 12
    assert summary.newest_executive == "executive/2026-W43/v1/scorecard.html"
    assert [line.kind for line in audit.read(ready.published)[1:]] == ["scorecards_published"] * 2
    assert verify(ready.published, ready.secret_key()) == []


def test_data_holds_exact_figures_and_where_they_come_from(ready: Settings) -> None:
    content = card(ready, "team/crm.TEAM1/2026-10/v1")
    value = kpi(content, "first_response_sla")
    assert value["value"] == str(round(float(value["value"]), 6)).ljust(8, "0")
    assert value["label_zh"] == "首次响应达标率"
    assert content["member"] == {
        "key": "crm:TEAM1",
        "name": "Team 1",
        "team": "Team 1",
        "department": "Care 客户服务部",
    }
    assert len(content["trend"]["first_response_sla"]["values"]) == 12
    assert content["trend"]["first_response_sla"]["periods"][-1] == "2026-10"
    provenance = content["provenance"]
    assert provenance["build_id"] == "b1"
    assert (ready.published / provenance["evidence"]).is_file()
    assert set(provenance["verdicts"]) == {"core", "scorecards"}


def test_publishing_again_writes_nothing(ready: Settings) -> None:
    before = tree(ready.published)
    summary = publish_scorecards(ready, "monthly", NOW)
    assert (summary.written, summary.unchanged, summary.head) == (0, 42, None)
    assert tree(ready.published) == before


def test_a_build_that_says_the_same_writes_nothing(ready: Settings) -> None:
    build_and_publish(ready, "b2")
    summary = publish_scorecards(ready, "monthly", NOW)
    assert (summary.build_id, summary.written, summary.unchanged) == ("b2", 0, 42)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("target = 0.97", "the target in force was changed"),
        (
            "value = 0.5, numerator = 100, denominator = 200",
            "late or corrected data changed what was counted",
        ),
        ("value = 0.5", "late or corrected data changed the value"),
        ("formula_version = 2, value = 0.5", "the KPI's definition has a new version"),
        ("is_complete = false", "its final value is provisional again"),
        ("weight = 0.2", "the weight in force was changed"),
        ("previous_value = 0.1, change = 0.2", "the period before was restated"),
        ("label_en = 'Fast first answers'", "its wording or classification was changed"),
    ],
)
def test_a_restatement_is_a_new_version_that_says_why(ready: Settings, change: str, reason: str) -> None:
    first = ready.published / "scorecards" / "team/crm.TEAM1/2026-10/v1/scorecard.html"
    before = first.read_bytes()
    build_and_publish(ready, "b2", sql=set_team_kpi("first_response_sla", change))
    summary = publish_scorecards(ready, "monthly", NOW)
    assert (summary.first_versions, summary.restated, summary.unchanged) == (0, 1, 41)
    content = card(ready, "team/crm.TEAM1/2026-10/v2")
    assert [(entry["kpi_code"], entry["reason"]) for entry in content["changes"]] == [
        ("first_response_sla", reason)
    ]
    page = (first.parent.parent / "v2" / "scorecard.html").read_text(encoding="utf-8")
    assert "What changed against version 1" in page
    assert reason.replace("'", "&#39;") in page
    assert first.read_bytes() == before
    assert verify(ready.published, ready.secret_key()) == []


def test_a_changed_composite_is_said_with_its_figures(ready: Settings) -> None:
    changed = (
        "update kpis.fct_composite_scores set value = 91.25, status = 'green'"
        " where scope_key = 'all' and part_type = 'overall' and period_start = date '2026-10-01'"
    )
    build_and_publish(ready, "b2", sql=changed)
    assert publish_scorecards(ready, "monthly", NOW).restated == 1
    (change,) = card(ready, "executive/2026-10/v2")["changes"]
    assert (change["label_en"], change["reason"]) == (
        "Composite score",
        "weights or limits in force were changed",
    )
    assert (change["after"]["value"], change["after"]["status"]) == ("91.2500", "green")
    page = ready.published / "scorecards/executive/2026-10/v2/scorecard.html"
    assert "→ 91.3" in page.read_text(encoding="utf-8")


def test_trends_and_drivers_restate_nothing(ready: Settings) -> None:
    context = (
        "update kpis.fct_composite_scores set previous_value = 1, previous_year_value = 2;"
        "update kpis.fct_score_drivers set contribution = 7;"
        "update scorecards.rpt_scorecard_lines set previous_year_value = 3, share_at_target_last_12 = 0"
    )
    build_and_publish(ready, "b2", sql=context)
    assert publish_scorecards(ready, "monthly", NOW).written == 0


def test_only_due_periods_are_published_and_older_ones_stand(ready: Settings) -> None:
    older = ready.published / "scorecards" / "team/crm.TEAM1/2025-09"
    sql = (
        "delete from scorecards.rpt_scorecard_periods where period_start < date '2026-10-01';"
        "delete from scorecards.rpt_scorecard_lines where period_start < date '2026-10-01';"
        "update scorecards.rpt_scorecard_lines set target = 0.5"
    )
    build_and_publish(ready, "b2", sql=sql)
    summary = publish_scorecards(ready, "monthly", NOW)
    assert (summary.restated, summary.unchanged) == (3, 0)
    assert [path.name for path in older.iterdir()] == ["v1"]
    assert "team/crm.TEAM1/2025-09" in (older.parents[2] / "index.json").read_text(encoding="utf-8")


def test_a_kpi_that_comes_or_goes_is_said(ready: Settings) -> None:
    table = "scorecards.rpt_scorecard_lines"
    gone = (
        f"delete from {table} where kpi_code = 'nps' and (member_key, period_start) = ('all', '2026-10-01')"
    )
    build_and_publish(ready, "b2", sql=gone)
    publish_scorecards(ready, "monthly", NOW)
    assert card(ready, "executive/2026-10/v2")["changes"][0]["reason"] == "the KPI has left this scorecard"
    build_and_publish(ready, "b3")
    publish_scorecards(ready, "monthly", NOW)
    assert card(ready, "executive/2026-10/v3")["changes"][0]["reason"] == "the KPI is new on this scorecard"


def test_a_lost_index_is_rebuilt_from_the_scorecards(ready: Settings) -> None:
    index = ready.published / "scorecards" / "index.json"
    before = index.read_bytes()
    index.unlink()
    (index.parent / "index.html").unlink()
    assert publish_scorecards(ready, "monthly", NOW).unchanged == 42
    assert index.read_bytes() == before
    assert verify(ready.published, ready.secret_key()) == []


def test_the_index_lists_newest_versions_first_period_first(ready: Settings) -> None:
    build_and_publish(ready, "b2", sql=set_team_kpi("first_response_sla", "target = 0.97", "2026-09-01"))
    publish_scorecards(ready, "monthly", NOW)
    index = json.loads((ready.published / "scorecards" / "index.json").read_text(encoding="utf-8"))[
        "scorecards"
    ]
    team = [(entry["period"], entry["version"]) for entry in index if entry["member_key"] == "crm:TEAM1"]
    assert team[:3] == [("2026-10", 1), ("2026-09", 2), ("2026-08", 1)]
    page = (ready.published / "scorecards" / "index.html").read_text(encoding="utf-8")
    assert page.index('href="team/crm.TEAM1/2026-10/v1/scorecard.html"') < page.index(
        'href="team/crm.TEAM1/2026-09/v2/scorecard.html"'
    )


def test_nothing_is_published_without_a_build(settings: Settings) -> None:
    with pytest.raises(PublicationError, match="No build is published yet"):
        publish_scorecards(settings, "monthly", NOW)


@pytest.mark.parametrize("file", ["warehouse.duckdb", "evidence.json", "manifest.json"])
def test_a_build_that_does_not_verify_gives_no_scorecards(ready: Settings, file: str) -> None:
    path = ready.published / "versions" / "b1" / file
    path.write_bytes(path.read_bytes() + b"\n")
    before = tree(ready.published)
    with pytest.raises(PublicationError, match="No scorecards from build b1"):
        publish_scorecards(ready, "monthly", NOW)
    assert tree(ready.published) == before


def test_hostile_member_keys_stay_inside_their_folder(settings: Settings) -> None:
    hostile = ["../../../evil", "crm:a/b", "crm:..", ".", "团队:一", "crm:a b", "crm:a-b"]
    sql = "".join(
        f"insert into {table} select * replace ('{key}' as {column}) from {table}"
        f" where {column} = 'crm:TEAM0' and period_start = date '2026-10-01' and period_grain = 'month';"
        for key in hostile
        for table, column in (
            ("scorecards.rpt_scorecard_lines", "member_key"),
            ("kpis.fct_kpi_values", "scope_key"),
        )
    )
    build_and_publish(settings, "b1", sql=sql)
    publish_scorecards(settings, "monthly", NOW)
    folder = settings.published / "scorecards" / "team"
    members = {path.name for path in folder.iterdir()}
    assert len(members) == len(hostile) + 2
    assert all(len(list(path.glob("2026-10/v1/scorecard.html"))) == 1 for path in folder.iterdir())
    assert not any(set(name) & set("/:\\ ") or name.startswith(".") for name in members)
    assert verify(settings.published, settings.secret_key()) == []


@pytest.fixture
def shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten scorecards are many: the teams' are written by a process beside this one."""
    monkeypatch.setattr("orchestration.scorecards.publish.MANY", 10)


@pytest.mark.usefixtures("shared_out")
def test_two_processes_write_what_one_writes(settings: Settings, original: Path) -> None:
    build_and_publish(settings, "b1")
    summary = publish_scorecards(settings, "monthly", NOW)
    assert (summary.first_versions, summary.unchanged) == (42, 0)
    by_one, by_two = (read_index(home / "published") for home in (original, settings.home))
    assert by_two == by_one  # every scorecard with the hash of its content
    assert set(tree(settings.published)) == set(tree(original / "published"))
    assert verify(settings.published, settings.secret_key()) == []


@pytest.mark.usefixtures("shared_out")
def test_a_process_that_dies_publishes_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build_and_publish(settings, "b1")
    before = tree(settings.published)
    monkeypatch.setattr("orchestration.scorecards.publish.stage_audiences", die)
    with pytest.raises(PublicationError, match="were not written: a process beside the run died"):
        publish_scorecards(settings, "monthly", NOW)
    assert tree(settings.published) == before


def die(_task: Task, audiences: list[str]) -> Staged:
    """Kills the process beside the run; in this one nothing happens."""
    if audiences == ["team"]:
        os._exit(9)
    return Staged()
