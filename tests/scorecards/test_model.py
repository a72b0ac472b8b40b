"""Periods, folder names and summaries of scorecards."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from orchestration.scorecards.model import (
    Composite,
    Context,
    Driver,
    Kpi,
    Member,
    Scorecard,
    Trend,
    period_end,
    period_label,
    slug,
)
from orchestration.scorecards.rows import pillars_of
from orchestration.scorecards.scores import scores_of
from orchestration.scorecards.sparkline import sparkline
from orchestration.scorecards.summary import summarise
from tests.scorecards.test_wording import KPI


@pytest.mark.parametrize(
    ("grain", "start", "label", "end"),
    [
        ("month", date(2026, 10, 1), "2026-10", date(2026, 10, 31)),
        ("month", date(2026, 12, 1), "2026-12", date(2026, 12, 31)),
        ("quarter", date(2026, 1, 1), "2026-Q1", date(2026, 3, 31)),
        ("quarter", date(2026, 10, 1), "2026-Q4", date(2026, 12, 31)),
        ("half_year", date(2026, 1, 1), "2026-H1", date(2026, 6, 30)),
        ("half_year", date(2026, 7, 1), "2026-H2", date(2026, 12, 31)),
        ("year", date(2028, 1, 1), "2028", date(2028, 12, 31)),
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


def card(*kpis: Kpi, composites: tuple[Composite, ...] = (), drivers: tuple[Driver, ...] = ()) -> Scorecard:
    trends = {kpi.kpi_code: Trend(None, (date(2026, 10, 1),), (kpi.value,)) for kpi in kpis}
    member = Member("t", "T")
    return Scorecard("team", member, "month", date(2026, 10, 1), kpis, composites, Context(trends, drivers))


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
    first, second, third = (
        replace(KPI, kpi_code=code, aspect=aspect)
        for code, aspect in (("a", "process"), ("b", "timeliness"), ("c", "process"))
    )
    (aspects,) = pillars_of(card(first, second, third), 5).values()
    assert {aspect.code: [row.kpi.kpi_code for row in aspect.rows] for aspect in aspects} == {
        "process": ["a", "c"],
        "timeliness": ["b"],
    }


def test_percentiles_and_business_time_stand_under_their_kpi() -> None:
    codes = ("wait", "wait_p50", "wait_bh", "wait_bh_p90", "alone_p50", "wait_for_p50")
    kpis = [replace(KPI, kpi_code=code, unit="minutes", value=Decimal(30)) for code in codes]
    ((aspect,),) = pillars_of(card(*kpis), 5).values()
    assert [row.kpi.kpi_code for row in aspect.rows] == ["wait", "alone_p50", "wait_for_p50"]
    assert aspect.rows[0].variants == (
        "median 中位数 30 min · business time 工作时间 30 min"
        " · business time 90th percentile 工作时间 90分位 30 min"
    )


def composite(part_type: str, part_code: str, value: str | None, status: str = "red") -> Composite:
    known = None if value is None else Decimal(value)
    return Composite(part_type, part_code, known, Decimal(1), status, True, Decimal(60), None)


def test_measured_and_perceived_disagree_from_ten_points_on() -> None:
    pairs = {"attitude": ("90", "80.0001"), "problem_solving": ("90", "80"), "management": ("80", "90"),
             "follow_up_care": ("90", None)}  # fmt: skip
    parts = [composite("overall", "all", "70"), composite("kind", "objective", "70")]
    for element, (measured, perceived) in pairs.items():
        parts.append(composite("element_of_kind", f"objective/{element}", measured))
        parts.append(composite("element_of_kind", f"subjective/{element}", perceived))
    scores = scores_of(card(KPI, composites=tuple(parts)))
    assert scores
    said = {contrast.label[0]: contrast.verdict[0].split(" it ")[0] for contrast in scores.contrasts}
    assert said == {
        "Attitude": "agree",
        "Problem solving": "disagree: customers see",
        "Management": "disagree: customers see",
        "Follow-up care": "cannot be compared",
    }
    better = [contrast.label[0] for contrast in scores.contrasts if "better" in contrast.verdict[0]]
    assert better == ["Management"]


def test_what_moved_the_score_is_summed_over_all_and_listed_for_the_largest() -> None:
    contributions = ["4", "-3", "2", "1.5", "1", "-0.5", "0"]
    drivers = tuple(
        Driver(f"k{place}", "", "", "compared", None, None, None, Decimal(points))
        for place, points in enumerate(contributions)
    )
    scores = scores_of(card(KPI, composites=(composite("overall", "all", "65"),), drivers=drivers), listed=2)
    assert scores
    assert scores.moves
    assert [driver.kpi_code for driver in scores.moves.raised] == ["k0", "k2"]
    assert (scores.moves.sum_raised, scores.moves.sum_lowered) == (Decimal("8.5"), Decimal("-3.5"))
    assert scores.moves.sum_raised + scores.moves.sum_lowered == scores.overall.change
    assert scores_of(card(KPI)) is None


def test_a_gap_in_the_line_stays_a_gap() -> None:
    line = sparkline([Decimal(1), Decimal(2), None, Decimal(4), Decimal(5), None, Decimal(3)], None)
    assert line is not None
    assert [run.count("L") for run in line.path.split("M")[1:]] == [1, 1, 0]
    assert sparkline([None, Decimal(1)], Decimal(2)) is None
    flat = sparkline([Decimal(1), Decimal(1)], Decimal(1))
    assert flat is not None
    assert flat.last == ("93.0", "23.0")
