"""Periods, folder names and summaries of scorecards."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from orchestration.scorecards.model import Member, Scorecard, period_end, period_label, slug
from orchestration.scorecards.sparkline import sparkline
from orchestration.scorecards.summary import by_pillar, summarise
from tests.scorecards.test_wording import KPI


@pytest.mark.parametrize(
    ("grain", "start", "label", "end"),
    [
        ("month", date(2026, 10, 1), "2026-10", date(2026, 10, 31)),
        ("month", date(2028, 2, 1), "2028-02", date(2028, 2, 29)),
        ("week", date(2026, 10, 19), "2026-W43", date(2026, 10, 25)),
        ("week", date(2026, 12, 28), "2026-W53", date(2027, 1, 3)),
        ("week", date(2024, 12, 30), "2025-W01", date(2025, 1, 5)),
    ],
)
def test_periods_have_their_iso_names(grain: str, start: date, label: str, end: date) -> None:
    assert (period_label(grain, start), period_end(grain, start)) == (label, end)


def test_folder_names_are_readable_safe_and_different() -> None:
    assert slug("crm:TEAM-1") == "crm.TEAM-1"
    keys = [
        "crm:a b",
        "crm:a-b",
        "crm:a/b",
        "crm-a-b",
        "crm.a-b",
        "../x",
        "..",
        ".x",
        "x" * 200,
        "x" * 201,
        "团队",
    ]
    slugs = [slug(key) for key in keys]
    assert len(set(slugs)) == len(keys)
    assert all(name and "/" not in name and ":" not in name and not name.startswith(".") for name in slugs)
    assert all(len(name) <= 80 for name in slugs)


def card(*kpis: object) -> Scorecard:
    return Scorecard("team", Member("t", "T"), "month", date(2026, 10, 1), tuple(kpis), {})  # type: ignore[arg-type]


def test_the_summary_counts_and_ranks() -> None:
    worst = replace(KPI, kpi_code="a", status="red", score=Decimal(0), change=Decimal("-0.10"))
    bad = replace(KPI, kpi_code="b", status="red", score=Decimal(10), change=Decimal("0.02"))
    good = replace(KPI, kpi_code="c", status="green", unit="minutes", direction="down", target=Decimal(240),
                   floor=Decimal(480), change=Decimal(-60))  # fmt: skip
    summary = summarise(card(bad, KPI, worst, good, replace(KPI, status="no target", target=None)))
    assert (
        summary.sentence == "1 of 4 KPIs with a target are at target, 1 is close to it and 2 are off target."
    )
    assert [kpi.kpi_code for kpi in summary.off_target] == ["a", "b"]
    assert [kpi.kpi_code for kpi in summary.better] == ["c", "b", "first_response_sla"]
    assert [kpi.kpi_code for kpi in summary.worse] == ["a"]


def test_kpis_of_one_aspect_stand_together_wherever_they_come() -> None:
    first, second = replace(KPI, aspect="process"), replace(KPI, aspect="timeliness")
    grouped = by_pillar([first, second, first])
    assert {aspect: len(kpis) for aspect, kpis in grouped["service_quality"].items()} == {
        "process": 2,
        "timeliness": 1,
    }


def test_a_gap_in_the_line_stays_a_gap() -> None:
    line = sparkline([Decimal(1), Decimal(2), None, Decimal(4), Decimal(5), None, Decimal(3)], None)
    assert line is not None
    assert [run.count("L") for run in line.path.split("M")[1:]] == [1, 1, 0]
    assert sparkline([None, Decimal(1)], Decimal(2)) is None
    flat = sparkline([Decimal(1), Decimal(1)], Decimal(1))
    assert flat is not None
    assert flat.last == ("93.0", "23.0")
