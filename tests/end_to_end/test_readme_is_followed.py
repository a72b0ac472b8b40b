"""The README's "Add a source" and "Add a KPI", followed word for word, work."""

import json
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_ROOT
from orchestration.sources.manifest import read_deliveries
from tests.end_to_end.conftest import Shared
from tests.end_to_end.leaks import places_of
from tests.end_to_end.project import Project
from tests.end_to_end.readme_steps import follow, steps
from tests.kpis.macros import call

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("readme")]
README = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
SOURCE_FILES = [
    "orchestration/sources/contracts/hotline.yaml",
    "dbt_project/models/staging/hotline/stg_hotline__surveys.sql",
    "dbt_project/models/staging/hotline/_hotline.yml",
    "dbt_project/models/intermediate/surveys/int_surveys__unioned.sql",
    "expectations/raw/hotline_ratings.py",
    "inbox/hotline/ratings_20260105.tsv",
]
KPI_FILES = ["dbt_project/macros/registry/service_effect.sql", "dbt_project/seeds/kpi_targets.csv"]
PHONES = ["+49 30 1234567", "+49 89 7654321"]
KPI = "ces_easy_rate"


@pytest.fixture(scope="session")
def followed(shared: Shared, demo: Project) -> Project:
    """The demo project after both sections, with the run that they ask for."""

    def make(root: Path) -> Project:
        project = demo.copied(root)
        for step in [*steps(README, "Add a source"), *steps(README, "Add a KPI")]:
            follow(project, step)
        project.write("run.log", project.run_green())
        return project

    return shared("readme", make)


def test_the_readme_names_the_files_that_a_source_and_a_kpi_need() -> None:
    assert [step.path for step in steps(README, "Add a source")] == SOURCE_FILES
    assert [step.path for step in steps(README, "Add a KPI")] == KPI_FILES


def test_the_new_sources_file_lands_whole(followed: Project) -> None:
    (delivery,) = read_deliveries(followed.home / "landing", ["hotline_ratings"])
    assert (delivery.status, delivery.landed_rows, delivery.quarantined_rows) == ("landed", 2, 0)


def test_the_new_sources_answers_are_in_the_star(followed: Project) -> None:
    rows = followed.query(
        "select survey_key, score, channel_key, cast(responded_at as varchar) from core.fct_survey_responses"
        " where source_system = 'hotline' order by survey_key"
    )
    assert rows == [
        ("hotline:C-1", 5, "phone", "2026-01-05 08:15:00"),
        ("hotline:C-2", 2, "phone", "2026-01-05 09:40:12"),
    ]


def test_the_new_sources_answers_count_in_a_kpi(followed: Project) -> None:
    (row,) = followed.query(
        "select numerator, denominator, n from kpis.fct_kpi_values where kpi_code = 'csat_top2'"
        " and period_grain = 'week' and period_start = '2026-01-05'"
        " and (scope_type, scope_key) = ('channel', 'phone')"
    )
    ((top, answers),) = followed.query(
        "select count(*) filter (is_top_box), count(*) from core.fct_survey_responses"
        " where is_csat_answer and channel_key = 'phone'"
        " and responded_date between '2026-01-05' and '2026-01-11'"
    )
    assert row == (top, answers, answers)
    ((own,),) = followed.query(
        "select count(*) from core.fct_survey_responses where source_system = 'hotline'"
    )
    assert own == 2 <= answers


def test_the_new_sources_checks_ran(followed: Project) -> None:
    (document,) = (followed.home / "warehouse" / "checks" / "landed").glob("raw.json")
    results = json.loads(document.read_text(encoding="utf-8"))["results"]
    own = {check["check"]: check["status"] for check in results if check["table"] == "raw.hotline_ratings"}
    assert own == {"has_rows": "passed", "pressed_key_is_on_the_scale": "passed"}


def test_the_callers_phone_numbers_stay_in_inbox_and_vault(followed: Project) -> None:
    places = places_of(followed.home, PHONES)
    assert {place.partition("/")[0] for place in places} == {"inbox", "vault"}


def test_the_new_kpi_is_described(followed: Project) -> None:
    (row,) = followed.query(
        f"select label_en, label_zh, unit, numerator_column from kpis.dim_kpi where kpi_code = '{KPI}'"
    )
    assert row == ("Easy for the customer", "客户省力率", "share", "is_easy")


def test_the_new_kpi_has_values_in_every_scope_and_grain_and_its_target(followed: Project) -> None:
    rows = followed.query(
        "select distinct scope_type, period_grain from kpis.fct_kpi_values"
        f" where kpi_code = '{KPI}' and n > 0"
    )
    scopes = ["organisation", *call("kpi_scopes", "fct_survey_responses")]
    by_day = {scope for scope, grain in rows if grain == "day"}
    assert {scope for scope, _ in rows} == set(scopes)
    assert by_day == {"organisation", "department", "team"}
    assert len(rows) == len(scopes) * 5 + len(by_day)
    targets = followed.query(
        "select distinct target from kpis.fct_kpi_values"
        f" where kpi_code = '{KPI}' and scope_type = 'organisation'"
    )
    assert [float(target) for (target,) in targets] == [0.8]
    ((easy, answers),) = followed.query(
        "select count(*) filter (is_easy), count(*) from core.fct_survey_responses"
        " where is_ces_answer and responded_date between '2026-10-01' and '2026-10-31'"
    )
    (value,) = followed.query(
        f"select numerator, denominator from kpis.fct_kpi_values where kpi_code = '{KPI}'"
        " and period_grain = 'month' and period_start = '2026-10-01' and scope_type = 'organisation'"
    )
    assert value == (easy, answers)
    assert 0 < easy < answers


def test_the_new_kpi_has_the_rows_behind_it_as_evidence(followed: Project) -> None:
    (behind,) = followed.query(
        "select count(*) filter (is_in_numerator), count(*) filter (is_in_denominator),"
        " count(distinct row_key)"
        f" from kpis.kpi_evidence where kpi_code = '{KPI}'"
        " and evidence_date between '2026-10-01' and '2026-10-31' and reason is null"
    )
    (value,) = followed.query(
        f"select numerator, denominator, n from kpis.fct_kpi_values where kpi_code = '{KPI}'"
        " and period_grain = 'month' and period_start = '2026-10-01' and scope_type = 'organisation'"
    )
    assert behind == value
    reasons = followed.query(
        f"select distinct reason from kpis.kpi_evidence where kpi_code = '{KPI}' and reason is not null"
    )
    assert any("not is_ces_answer" in reason for (reason,) in reasons)


def test_the_new_kpi_is_in_the_generated_document(followed: Project) -> None:
    made = followed.execute("-m", "orchestration", "docs")
    assert made.returncode == 0, made.stderr
    page = (followed.root / "docs" / "kpis.md").read_text(encoding="utf-8")
    assert f"### `{KPI}`" in page
    assert "客户省力率" in page
    entry = page.split(f"### `{KPI}`")[1].split("### ")[0]
    assert "sum of `is_easy` / sum of `is_ces_answer`" in entry
    assert "Target 80 % since 2026-01-01 (house): Made up for this page" in entry


def test_the_new_kpi_stands_on_the_scorecards(followed: Project) -> None:
    for place in ("executive/2026-10", "team/crm.T4/2026-10"):
        kpi = followed.scorecard(place)["kpis"][KPI]
        assert kpi["label_zh"] == "客户省力率"
        assert kpi["n"] > 0
    executive = followed.scorecard("executive/2026-10")["kpis"][KPI]
    assert executive["target"] == "0.800000"
    pages = followed.published / "scorecards" / "executive" / "2026-10"
    shown = max(pages.glob("v*/scorecard.html")).read_text(encoding="utf-8")
    assert "Easy for the customer" in shown
    assert "客户省力率" in shown
