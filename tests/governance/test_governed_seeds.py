"""Whoever breaks a rule in a governed seed is told which row and which rule; nothing else gets in the way."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from orchestration.governance.findings import with_findings
from orchestration.quality.results import CheckResult
from orchestration.settings import DBT_PROJECT_DIR
from orchestration.warehouse.prepare import prepare_build
from tests.dbt_project.builds import Build, begun, landed, not_as

pytestmark = pytest.mark.xdist_group("dbt_builds")
FINDINGS = (
    *("--select", "+governance_findings"),
    *("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
)
GENERATED = shutil.ignore_patterns("target", "logs")
JUDGED_AT_THE_GATE = {"check_waivers"}
WHO = {
    "origin": "house",
    "author": "analyst",
    "approved_by": "head",
    "approved_on": "2026-01-01",
    "reason": "so",
}
GOVERNED = "a row names its author, its approver, the day of the approval and a reason"
# What is appended to a seed, and what must be said of it.
BAD_ROWS: list[tuple[str, dict[str, str], tuple[str, str, str]]] = [
    (
        "kpi_targets",
        {"kpi_code": "nps", "scope_type": "organisation", "scope_key": "all", "target": "50"},
        ("nps organisation all from 2026-07-01", "on any day one row holds", "further notice"),
    ),
    (
        "kpi_targets",
        {"kpi_code": "npss", "scope_type": "organisation", "scope_key": "all", "target": "50"},
        ("npss organisation all", "a KPI is in the registry", "npss is no kpi"),
    ),
    (
        "kpi_targets",
        {"kpi_code": "nps", "scope_type": "channel", "scope_key": "phone", "target": "50", "floor": "50"},
        ("nps channel phone from 2026-07-01", "the floor differs from the target", "floor 50.000000"),
    ),
    (
        "kpi_targets",
        {"kpi_code": "nps", "scope_type": "channel", "scope_key": "email", "target": "50", "weight": "1.1"},
        ("nps channel email from 2026-07-01", "a weight lies between 0 and 1", "it is 1.100000"),
    ),
    (
        "kpi_targets",
        {"kpi_code": "nps", "scope_type": "channel", "scope_key": "app", "target": "50", "approved_by": ""},
        ("nps channel app from 2026-07-01", GOVERNED, "approved_by is empty"),
    ),
    (
        "kpi_targets",
        {"kpi_code": "nps", "scope_type": "channel", "scope_key": "shop", "target": "50", "author": "Head"},
        ("nps channel shop from 2026-07-01", "who proposes a row does not approve it", "head"),
    ),
    (
        "kpi_targets",
        {"kpi_code": "nps", "scope_type": "channel", "scope_key": "bot"},
        ("nps channel bot from 2026-07-01", "a target has a value", "target empty"),
    ),
    (
        "kpi_targets",
        {"kpi_code": "nps", "scope_type": "team", "scope_key": "crm:mistyped", "target": "50"},
        ("nps team crm:mistyped", "a target is for a member of a scope", "team crm:mistyped is none"),
    ),
    (
        "kpi_benchmarks",
        {"kpi_code": "complaint_rat", "benchmark_code": "other", "value": "0.1"},
        ("complaint_rat other", "a KPI is in the registry", "complaint_rat is no kpi"),
    ),
    (
        "effect_benchmarks",
        {"effect_code": "late", "kpi_code": "nps", "change": "0.1", "valid_to": "2026-06-30"},
        ("late from 2026-07-01", "a row does not end before it begins", "it ends on 2026-06-30"),
    ),
    (
        "sla_policies",
        {
            "policy_id": "odd",
            "channel": "telegraph",
            "first_response_minutes": "1",
            "resolution_minutes": "1",
        },
        ("odd", "a code is in its vocabulary", "telegraph is no channel"),
    ),
    (
        "calendar_shifts",
        {
            "calendar_code": "de_office",
            "weekday": "6",
            "starts": "18:00",
            "ends": "09:00",
            "is_overnight": "false",
        },
        ("de_office 6 18:00", "a schedule with end before start", "18:00 to 09:00"),
    ),
    (
        "business_calendars",
        {
            "calendar_code": "late",
            "time_zone": "Europe/Berlin",
            "holiday_region": "DE",
            "valid_from": "2035-01-01",
            "valid_until": "2035-12-31",
        },
        ("late", "a calendar without the year", "no holidays of DE in 2035"),
    ),
    (
        "vocabulary_approvals",
        {"vocabulary": "channel", "code": "video", "valid_from": "2000-01-01", "valid_to": "2026-06-30"},
        ("video", "a code is not used after its last day", "video ended on 2026-06-30"),
    ),
    (
        "ahp_tables",
        {"table_id": "odd", "audience_code": "bord", "parent_code": "overall"},
        ("bord overall", "a code is in its vocabulary", "bord is no audience"),
    ),
    (
        "ahp_judgements",
        {
            "table_id": "any.satisfaction.1",
            "row_code": "csat_top2",
            "column_code": "smiles",
            "judgement": "9",
        },
        ("any.satisfaction.1 csat_top2/smiles", "a KPI is in the registry", "smiles is no kpi"),
    ),
]


def append(seeds: Path, name: str, row: dict[str, str]) -> None:
    """Add a row that is sound in everything it does not say."""
    path = seeds / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    whole = {"valid_from": "2026-07-01"} | WHO | row
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([whole.get(column, "") for column in header])


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A project whose seeds break many rules at once, built on an empty landing as far as the findings."""
    home = tmp_path_factory.mktemp("bad_seeds")
    project = home / "dbt_project"
    shutil.copytree(DBT_PROJECT_DIR, project, ignore=GENERATED)
    for seed, row, _ in BAD_ROWS:
        append(project / "seeds", seed, row)
    build = Build(replace(begun(home).settings, dbt_project_dir=project))
    prepare_build(build.settings)
    assert not_as("success", build.dbt("build", *FINDINGS)) == {}, build.said
    tested = build.dbt("test", "--select", "assert_no_rule_of_governance_is_broken")
    assert list(tested.values()) == ["fail"], build.said
    return build


def found_in(build: Build) -> list[tuple[str, ...]]:
    with build.connect() as connection:
        return connection.execute(
            "select seed, row_key, rule, detail from core.governance_findings"
        ).fetchall()


@pytest.mark.parametrize(("seed", "row", "said"), BAD_ROWS, ids=lambda value: str(value)[:60])
def test_a_bad_row_is_named_with_its_rule(
    bad: Build, seed: str, row: dict[str, str], said: tuple[str, str, str]
) -> None:
    key, rule, detail = said
    assert [found for found in found_in(bad) if found[1:3] == (key, rule) and detail in found[3]]


def test_judgements_are_refused_beside_the_other_findings(bad: Build) -> None:
    broken = {(seed, key): rule for seed, key, rule, _ in found_in(bad)}
    assert broken["ahp_judgements", "any.satisfaction.1"] == "every pair of a table is judged once"
    assert broken["ahp_tables", "odd"] == "a table has judgements"


def test_a_red_check_says_the_first_findings_and_how_many_there_are(bad: Build) -> None:
    red = CheckResult("core.governance_findings", "no_rule", "critical", "failed", "12 failing rows")
    green = CheckResult("core.fct_tickets", "other", "critical", "passed")
    named, untouched = with_findings(bad.settings, [red, green])
    assert untouched == green
    first = min(found_in(bad))
    assert named.detail.startswith(f"{first[0]}, row {first[1]}: {first[2]}: {first[3]}; ")
    assert named.detail.endswith(f"; {len(found_in(bad)) - 3} more are in core.governance_findings")


def test_sound_seeds_have_no_findings(tmp_path: Path) -> None:
    build = landed(tmp_path)
    assert set(build.dbt("build", *FINDINGS).values()) == {"success"}
    assert found_in(build) == []


def test_every_seed_with_an_approver_is_governed() -> None:
    text = (DBT_PROJECT_DIR / "macros" / "governed_seeds.sql").read_text(encoding="utf-8")
    governed = yaml.safe_load(text.split('fromyaml("""')[1].split('"""')[0])
    approved = {
        path.stem
        for path in (DBT_PROJECT_DIR / "seeds").glob("*.csv")
        if "approved_by" in path.read_text(encoding="utf-8").splitlines()[0].split(",")
    }
    assert approved - JUDGED_AT_THE_GATE == set(governed), (
        "name the seed in macros/governed_seeds.sql: its subject, codes and missing columns"
    )
