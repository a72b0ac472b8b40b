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
# A stage that the process of tickets does not have, as the CRM would deliver it.
STAGES = """ticket_id,stage_no,stage,entered,owner
"T1",1,"识别",2026-07-01 09:00:00,
"T1",2,"魔法",2026-07-01 10:00:00,
"""
UNKNOWN_STAGE = ("crm_stages", "T1-2", "a stage that its process does not have", "ticket 魔法")
# The catalogue's paragraph "Benchmarks": KPI, relative change, end of the range.
EFFECTS = {
    "training": ("csat_top2", "0.15", "0.25"),
    "equipment_failure": ("complaint_rate", "0.20", ""),
    "process_optimisation": ("first_response_minutes", "-0.30", ""),
    "standard_met": ("csat_top2", "0.22", ""),
    "waiting": ("csat_top2", "0.25", ""),
    "complaint_handling": ("complaint_rate", "-0.40", ""),
    "complaint_programme": ("complaint_rate", "-0.583333", ""),  # 12 to 5 %
    "crm_integration": ("csat_top2", "0.18", ""),
    "assistant": ("csat_top2", "0.35", ""),
    "indicator_system": ("csat_top2", "0.173333", ""),  # 75 to 88 %
    "clear_standards": ("csat_top2", "0.05", "0.10"),
    "trained_staff": ("csat_top2", "0.15", ""),
    "appraisal": ("qa_score", "0.12", ""),
    "satisfaction_survey": ("csat_top2", "0.08", ""),
    "relationship_care": ("churn_rate", "-0.15", ""),
    "continuous_improvement": ("qa_score", "0.10", ""),
    "resource_allocation": ("tickets_per_agent_hour", "0.15", ""),
    "profit": ("", "0.05", "0.10"),
}
LEVELS = {
    "complaint_rate": ("0.12", "0.05"),
    "complaint_handling_hours": ("72", "24"),
    "csat_top2": ("0.75", "0.88"),
}
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
        {"effect_code": "late", "kpi_code": "nps", "change": "0.1", "valid_to": "2026-07-01"},
        ("late from 2026-07-01", "a row ends after it begins", "it ends on 2026-07-01"),
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
        "sla_policies",
        {"policy_id": "fax", "channel": "fax", "first_response_minutes": "1", "resolution_minutes": "1"},
        ("fax", "an SLA row that no ticket can match", "unknown channel fax"),
    ),
    (
        "sla_policies",
        {"policy_id": "past", "first_response_minutes": "1", "valid_to": "2026-07-01"},
        ("past from 2026-07-01", "a row ends after it begins", "it ends on 2026-07-01"),
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
        "calendar_shifts",
        {
            "calendar_code": "office",
            "weekday": "6",
            "starts": "08:00",
            "ends": "09:00",
            "is_overnight": "false",
        },
        ("office 6 08:00", "a code is in its vocabulary", "office is no calendar"),
    ),
    (
        "calendar_overrides",
        {
            "calendar_code": "cn_office",
            "override_date": "2026-06-27",
            "kind": "open",
            "approved_by": "",
        },
        ("cn_office 2026-06-27 any from 2026-06-27", GOVERNED, "approved_by is empty"),
    ),
    (
        "service_rules",
        {"rule_code": "complaint_repeat_days", "amount": "60", "unit": "days"},
        ("complaint_repeat_days from 2026-07-01", "on any day one row holds", "further notice"),
    ),
    (
        "contact_rules",
        {"rule_code": "phone_answer_within_seconds", "amount": "10", "unit": "seconds", "author": "head"},
        ("phone_answer_within_seconds from 2026-07-01", "who proposes a row does not approve it", "head"),
    ),
    (
        "customer_activity_rules",
        {"segment": "", "basis": "contact", "inactive_days": "90"},
        ("any from 2026-07-01", "on any day one row holds", "further notice"),
    ),
    (
        "topic_skills",
        {"topic": "space", "skill": "space", "reason": ""},
        ("space from 2026-07-01", GOVERNED, "reason is empty"),
    ),
    (
        "qa_bands",
        {"band": "6", "from_score": "99", "label_en": "Best", "label_zh": "最佳", "origin": "hearsay"},
        ("6 from 2026-07-01", "an origin is quoted, implied, benchmark, standard or house", "hearsay"),
    ),
    (
        "standard_review_kinds",
        {"review_kind": "weather", "interval_months": "6"},
        ("weather", "a code is in its vocabulary", "weather is no review_kind"),
    ),
    (
        "emergency_response_levels",
        {"response_level": "5", "response_minutes": "600", "valid_from": ""},
        ("5", "a row says from when on it holds", "valid_from is empty"),
    ),
    (
        "business_calendars",
        {
            "calendar_code": "late",
            "time_zone": "Europe/Berlin",
            "holiday_region": "DE",
            "valid_from": "2035-01-01",
            "valid_to": "2036-01-01",
        },
        ("late", "a calendar without the year", "no holidays of DE in 2035"),
    ),
    (
        "vocabulary_approvals",
        {"vocabulary": "channel", "code": "video", "valid_from": "2000-01-01", "valid_to": "2026-07-01"},
        ("video", "a code is not used after its end", "video ended on 2026-07-01"),
    ),
    (
        "vocabularies",
        {"vocabulary": "mood", "code": "sunny", "label_en": "Sunny", "label_zh": "晴"},
        ("mood", "a vocabulary is approved", "no row of vocabulary_approvals holds for it"),
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
    """A project whose seeds break many rules at once, built on one delivery as far as the findings."""
    home = tmp_path_factory.mktemp("bad_seeds")
    project = home / "dbt_project"
    shutil.copytree(DBT_PROJECT_DIR, project, ignore=GENERATED)
    for seed, row, _ in BAD_ROWS:
        append(project / "seeds", seed, row)
    delivery = begun(home).settings.inbox / "crm" / "ticket_stages_202607.csv"
    delivery.parent.mkdir(parents=True)
    delivery.write_text(STAGES, encoding="utf-8")
    build = Build(replace(landed(home).settings, dbt_project_dir=project))
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


def test_a_delivered_stage_that_its_process_does_not_have_is_named(bad: Build) -> None:
    assert [found for found in found_in(bad) if found[0] == "crm_stages"] == [UNKNOWN_STAGE]


def test_every_finding_can_be_what_a_red_check_says(bad: Build, tmp_path: Path) -> None:
    red = CheckResult("core.governance_findings", "no_rule", "critical", "failed", "1 failing row")
    alone = begun(tmp_path)
    for finding in found_in(bad):
        with alone.connect(read_only=False) as connection:
            connection.execute("create schema if not exists core")
            connection.execute(
                "create or replace table core.governance_findings as"
                " select ? as seed, ? as row_key, ? as rule, ? as detail",
                finding,
            )
        (said,) = with_findings(alone.settings, [red])
        seed, row, rule, detail = finding
        assert said.detail == f"{seed}, row {row}: {rule}: {detail}"


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


def test_every_effect_and_level_that_the_catalogue_lists_is_a_row() -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (DBT_PROJECT_DIR / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    told = {
        row["effect_code"]: (row["kpi_code"], row["change"], row["change_to"], row["verified"])
        for row in rows("effect_benchmarks")
    }
    assert told == {code: (*effect, "false") for code, effect in EFFECTS.items()}
    levels = {(row["kpi_code"], row["value"], row["verified"]) for row in rows("kpi_benchmarks")}
    assert levels == {(kpi, value, "false") for kpi, values in LEVELS.items() for value in values}
