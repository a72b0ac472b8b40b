"""The registry names what exists: codes of the catalogue, columns of the star, models, targets."""

import csv
import re
from typing import Any

import pytest
import yaml

from orchestration.settings import DBT_PROJECT_DIR
from tests.kpis.macros import call, rendered

Entry = dict[str, Any]
KPI_MODELS = DBT_PROJECT_DIR / "models" / "marts" / "kpis"
FIRST_SET = {
    "first_response_minutes", "first_response_minutes_p50", "first_response_minutes_p90",
    "resolution_minutes", "resolution_minutes_p50", "resolution_minutes_p90", "response_rate",
    "resolution_rate", "first_response_sla", "resolution_sla", "reopen_rate", "transfers_per_ticket",
    "fcr_one_touch", "backlog_open", "csat_top2", "csat_mean", "nps", "survey_response_rate",
    "valid_feedback_rate", "complaint_rate", "complaint_handling_hours", "complaint_handling_hours_p50",
    "complaint_handling_hours_p90", "complaint_within_24h", "complaint_timely", "repurchase_rate", "qa_score",
}  # fmt: skip
REQUIRED = {
    "code", "version", "label_en", "label_zh", "definition", "source", "owner", "unit", "direction", "pillar",
    "aspect", "element", "kind", "shape", "fact", "date", "cohort",
}  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> list[Entry]:
    entries: list[Entry] = call("kpi_registry")
    return entries


@pytest.fixture(scope="module")
def core_columns() -> dict[str, set[str]]:
    return {
        model["name"]: {column["name"] for column in model["columns"]}
        for mart in ("core", "kpis")
        for path in (DBT_PROJECT_DIR / "models" / "marts" / mart).rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
    }


def test_every_code_of_the_first_set_is_registered_once(registry: list[Entry]) -> None:
    codes = [entry["code"] for entry in registry]
    assert len(codes) == len(set(codes))
    assert set(codes) >= FIRST_SET


def test_every_entry_is_whole_and_has_no_unknown_field(registry: list[Entry]) -> None:
    optional = {
        "key", "maturity_days", "numerator", "denominator", "multiplier", "divisor", "interval", "percentile",
        "additive", "model", "split_model", "due", "evidence", "reconciles", "activity",
    }  # fmt: skip
    for entry in registry:
        assert {name for name in REQUIRED if entry.get(name) in (None, "")} == set(), entry["code"]
        assert set(entry) <= REQUIRED | optional, entry["code"]
        assert re.search("[\u4e00-\u9fff]", entry["label_zh"]), entry["code"]


def test_every_column_named_exists_in_its_fact(
    registry: list[Entry], core_columns: dict[str, set[str]]
) -> None:
    missing = [
        f"{entry['code']}: {entry['fact']}.{entry[field]}"
        for entry in registry
        for field in ("key", "date", "numerator", "denominator")
        if entry[field] is not None and entry[field] not in core_columns[entry["fact"]]
    ]
    assert missing == []


def test_every_kpi_has_the_model_that_computes_it_and_every_model_a_kpi(registry: list[Entry]) -> None:
    named = {entry["model"] for entry in registry if entry["due"] == "now"}
    named |= {entry["split_model"] for entry in registry} - {None}
    found = {path.stem for path in (KPI_MODELS / "parts").glob("kpi_*.sql")}
    steps = {"kpi_estimates", "kpi_parts", "kpi_period_days", "kpi_backlog_changes"}
    assert found - steps == named


def test_a_kpi_that_is_due_later_has_its_words_and_no_model(registry: list[Entry]) -> None:
    later = [entry for entry in registry if entry["due"] != "now"]
    assert later
    assert {(entry["due"], entry["shape"], entry["model"]) for entry in later} == {("later", "special", None)}
    read = call("union_kpi_parts")
    assert [entry["code"] for entry in later if f"kpi_{entry['code']}" in read] == []


def test_a_percentile_measures_what_its_mean_measures(registry: list[Entry]) -> None:
    by_code = {entry["code"]: entry for entry in registry}
    for code, entry in by_code.items():
        if entry["shape"] == "percentile":
            mean = by_code[re.sub(r"_p\d+$", "", code)]
            same = ("fact", "date", "numerator", "denominator", "divisor", "multiplier", "unit", "version")
            assert [entry[field] for field in same] == [mean[field] for field in same]
            assert code.endswith(f"_p{entry['percentile'] * 100:.0f}")
            assert not entry["additive"]


def test_every_target_is_of_a_registered_kpi_and_says_who_and_why(registry: list[Entry]) -> None:
    codes = {entry["code"] for entry in registry}
    with (DBT_PROJECT_DIR / "seeds" / "kpi_targets.csv").open(encoding="utf-8", newline="") as file:
        targets = list(csv.DictReader(file))
    assert len(targets) > 20
    for target in targets:
        assert target["kpi_code"] in codes
        assert target["reason"] and target["approved_by"] and target["approved_by"] != target["author"]


def test_one_fact_is_read_once_per_cohort_date(registry: list[Entry]) -> None:
    ratios = [entry for entry in registry if entry["shape"] == "ratio"]
    for fact in {entry["fact"] for entry in ratios}:
        dates = {entry["date"] for entry in ratios if entry["fact"] == fact}
        assert len(re.findall(rf"from {fact}\b", call("kpi_values", fact))) == len(dates)


def test_one_fact_is_read_once_per_measure_of_which_percentiles_are_taken(registry: list[Entry]) -> None:
    percentiles = [entry for entry in registry if entry["shape"] == "percentile"]
    sql = call("kpi_percentiles")
    for fact in {entry["fact"] for entry in percentiles}:
        measures = {entry["numerator"] for entry in percentiles if entry["fact"] == fact}
        assert len(re.findall(rf"from {fact}\b", sql)) == len(measures)


def test_percentiles_are_made_for_every_grain_of_periods() -> None:
    days = rendered("models/marts/kpis/parts/kpi_period_days.sql")
    assert re.findall(r"\('(\w+)'\)", days) == call("kpi_period_grains")
