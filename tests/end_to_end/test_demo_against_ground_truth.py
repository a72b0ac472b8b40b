"""The published demo company says what its generator counted by itself: KPIs, deliveries, quarantine."""

import json
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from orchestration.sources.manifest import Delivery, read_deliveries
from tests.end_to_end.project import Project
from tests.kpis.macros import call
from tests.kpis.test_catalogue import DUE, WAITING

pytestmark = pytest.mark.end_to_end
Place = tuple[str, str, str, str, str]
COVERED = ("week", "month", "quarter", "half_year", "year")
VALUES = f"""
select
    kpi_code, scope_type, scope_key, period_grain, cast(period_start as varchar),
    numerator, denominator, n, value
from kpis.fct_kpi_values
where period_grain in {COVERED}
"""
# Who is active is known once the data are 180 days old; no period of the six months begins after that.
BASED_ON_180_DAYS, SEVEN = {"orders_per_active_customer", "complaint_rate_customers"}, 7
FACTS = {
    "crm_tickets": "core.fct_tickets",
    "crm_ticket_events": "core.fct_ticket_events",
    "survey_surveys": "core.fct_survey_responses",
    "shop_orders": "core.fct_orders",
}


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("demo", marks=pytest.mark.xdist_group("demo")),
        pytest.param("shanghai", marks=pytest.mark.xdist_group("shanghai")),
    ],
)
def company(request: pytest.FixtureRequest) -> Project:
    """The session's demo; and a small company whose periods are cut in another zone."""
    project: Project = request.getfixturevalue(request.param)
    return project


def stated(company: Project) -> dict[Place, list[int]]:
    return {
        (kpi, scope_type, scope_key, grain, first_day): parts
        for kpi, by_type in company.truth()["kpis"].items()
        for scope_type, by_key in by_type.items()
        for scope_key, by_grain in by_key.items()
        for grain, by_day in by_grain.items()
        for first_day, parts in by_day.items()
    }


def published(company: Project) -> dict[Place, tuple[Any, ...]]:
    rows = company.query(VALUES)
    values = {row[:5]: row[5:] for row in rows}
    assert len(values) == len(rows), "two rows of one KPI, scope and period"
    return values


def is_percentile(kpi_code: str) -> bool:
    return kpi_code.endswith(("_p50", "_p90"))


def by_kind(deliveries: list[Delivery]) -> dict[str, Counter[str]]:
    """Quarantined rows by table and kind: a reason without the column that it names first."""
    kinds: dict[str, Counter[str]] = {}
    for delivery in deliveries:
        for reason, rows in delivery.reasons.items():
            kinds.setdefault(delivery.table, Counter())[reason.rpartition(": ")[2]] += rows
    return kinds


def test_the_company_was_cut_in_the_zone_that_is_reported_in(company: Project) -> None:
    (zone,) = company.query("select reporting_time_zone from core.dim_builds")
    assert zone == (company.truth()["parameters"]["reporting_time_zone"],)


def test_every_due_code_of_the_catalogue_has_a_value_and_is_in_the_ground_truth(company: Project) -> None:
    """Codes of the catalogue, and percentiles and twins that the registry adds to them."""
    registered = {code for (code,) in company.query("select kpi_code from kpis.dim_kpi")}
    due = {*DUE, *(entry["code"] for entry in call("kpi_registry") if entry["due"] == "now")}
    assert {*due, *WAITING} == registered
    ask = "select distinct kpi_code from kpis.fct_kpi_values where value is not null"
    known = {code for (code,) in company.query(ask)}
    covered = {code for code, parts in company.truth()["kpis"].items() if parts}
    too_young = set() if company.truth()["parameters"]["months"] >= SEVEN else BASED_ON_180_DAYS
    assert due - known == too_young
    assert due - covered == too_young
    assert not known & WAITING


def test_every_part_of_every_kpi_equals_the_ground_truth(company: Project) -> None:
    values = published(company)
    expected = {place: parts for place, parts in stated(company).items() if not is_percentile(place[0])}
    wrong = {
        place: (parts, values.get(place))
        for place, parts in expected.items()
        if place not in values or [Fraction(part or 0) for part in values[place][:3]] != parts
    }
    assert len({place[0] for place in expected}) >= 25
    assert {place[3] for place in expected} == set(COVERED)
    assert wrong == {}


def test_every_percentile_equals_the_ground_truth_to_all_its_digits(company: Project) -> None:
    values = published(company)
    expected = {place: parts for place, parts in stated(company).items() if is_percentile(place[0])}
    wrong = {}
    for place, (above, below, n) in expected.items():
        *_, found_n, found = values.get(place, (None, None, None, None))
        if (
            found is None
            or found_n != n
            or abs(Fraction(found) - Fraction(above, below)) > Fraction(1, 2 * 10**6)
        ):
            wrong[place] = (above / below, n, found, found_n)
    assert len({place[0] for place in expected}) >= 6
    assert wrong == {}


def test_a_row_that_the_ground_truth_does_not_know_says_that_nothing_happened(company: Project) -> None:
    known = stated(company)
    others = {place: parts for place, parts in published(company).items() if place not in known}
    loud = {place: parts for place, parts in others.items() if parts[0] or parts[2] or parts[3]}
    assert loud == {}


def test_every_file_was_delivered_with_the_rows_that_were_written(company: Project) -> None:
    delivered: dict[str, dict[str, int]] = {}
    for source, file, table, rows in company.query(
        "select source_system, file_name, table_name, delivered_rows from core.dim_deliveries"
        " where batch_id <> 'unknown'"
    ):
        delivered.setdefault(f"{source}/{file}", {})[table] = rows
    assert delivered == company.truth()["files"]


def test_every_delivered_row_landed_or_is_in_quarantine(company: Project) -> None:
    files = company.query(
        "select file_name, delivered_rows, landed_rows, quarantined_rows, status from core.dim_deliveries"
        " where batch_id <> 'unknown'"
    )
    assert len(files) >= len(company.truth()["files"]) > 0
    assert [file for file in files if file[1] != file[2] + file[3] or file[4] != "landed"] == []


def test_rows_were_quarantined_for_the_reasons_that_were_planted(company: Project) -> None:
    planted = {table: Counter(kinds) for table, kinds in company.truth()["quarantined"].items()}
    assert by_kind(read_deliveries(company.home / "landing")) == planted
    kept = {
        folder.name: sum(
            len([json.loads(line)["raw"] for line in file.read_text(encoding="utf-8").splitlines()])
            for file in folder.glob("*.jsonl")
        )
        for folder in (company.home / "quarantine").iterdir()
    }
    assert kept == {table: kinds.total() for table, kinds in planted.items()}


def test_repeated_rows_are_counted_and_stand_once_in_their_fact(company: Project) -> None:
    truth = company.truth()
    deliveries = read_deliveries(company.home / "landing")
    assert set(FACTS) == set(truth["duplicates"])
    for table, fact in FACTS.items():
        own = [item for item in deliveries if item.table == table]
        repeated = truth["duplicates"][table] + truth["corrections"].get(table, 0)
        assert sum(item.duplicate_keys for item in own) == repeated
        ((rows,),) = company.query(f"select count(*) from {fact}")
        assert rows == sum(item.landed_rows for item in own) - repeated
