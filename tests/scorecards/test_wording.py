"""Figures as people read them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from orchestration.scorecards.model import Kpi
from orchestration.scorecards.wording import (
    amount,
    change_text,
    duration,
    judgement,
    period_text,
    points_text,
    score_text,
    state,
    value_text,
)

KPI = Kpi(
    kpi_code="first_response_sla",
    label_en="First response within SLA",
    label_zh="首次响应达标率",
    unit="share",
    pillar="service_quality",
    aspect="timeliness",
    element="response_speed",
    kind="objective",
    direction="up",
    value=Decimal("0.9496"),
    numerator=Decimal(9496),
    denominator=Decimal(10000),
    n=10000,
    low=None,
    high=None,
    is_suppressed=False,
    previous_value=Decimal("0.93"),
    change=Decimal("0.0196"),
    target=Decimal("0.95"),
    warning=Decimal("0.90"),
    floor=Decimal("0.70"),
    status="amber",
    score=Decimal("99.84"),
    weight=Decimal("0.0825"),
    is_complete=True,
    formula_version=1,
    definition="",
)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        ("0.4", "24 s"), ("0.999", "60 s"), ("1", "1.0 min"), ("9.96", "10.0 min"), ("59.4", "59 min"),
        ("59.6", "1 h"), ("65", "1 h 05 min"), ("240", "4 h"), ("2879", "47 h 59 min"), ("2880", "2 d"),
        ("4500", "3 d 3 h"), ("-30", "−30 min"),
    ],
)  # fmt: skip
def test_time_is_given_in_its_two_largest_units(minutes: str, text: str) -> None:
    assert duration(Decimal(minutes)) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("0.827086", "share", "82.7%"), ("26.5", "hours", "26 h 30 min"), ("-12.34", "points", "−12.3"),
        ("1234", "count", "1,234"), ("0.425", "count", "0.43"), ("4.247585", "score", "4.25"),
        ("23.4", "seconds", "23 s"), ("353.26", "seconds", "5.9 min"),
    ],
)  # fmt: skip
def test_figures_have_their_unit(value: str, unit: str, text: str) -> None:
    assert amount(Decimal(value), unit) == text


def test_a_missed_target_is_never_rounded_into_a_met_one() -> None:
    assert value_text(replace(KPI, value=Decimal("0.94"))) == "94.0%"
    assert value_text(KPI) == "94.96%"
    assert value_text(replace(KPI, value=Decimal("0.949999"))) == "94.9999%"
    assert value_text(replace(KPI, status="green", value=Decimal("0.9504"))) == "95.0%"


@pytest.mark.parametrize(
    ("direction", "change", "text", "verdict"),
    [
        ("up", "0.0196", "+2.0 pp", "better"), ("up", "-0.0196", "−2.0 pp", "worse"),
        ("down", "0.0196", "+2.0 pp", "worse"), ("down", "-0.0196", "−2.0 pp", "better"),
        ("up", "0", "±0.0 pp", "same"),
    ],
)  # fmt: skip
def test_a_change_is_judged_by_the_kpis_direction(
    direction: str, change: str, text: str, verdict: str
) -> None:
    kpi = replace(KPI, direction=direction, change=Decimal(change))
    assert change_text(kpi, kpi.change) == text
    assert judgement(kpi, kpi.change)[0] == verdict


def test_missing_values_are_named_not_zero() -> None:
    empty = replace(KPI, value=None, n=0, change=None, status="no data")
    assert (value_text(empty), state(empty)[1], change_text(empty, None)) == ("n/a", "No data", "")
    assert state(replace(empty, n=3, is_suppressed=True))[1] == "Too few answers"
    assert state(replace(empty, n=3, status="n/a"))[1] == "n/a"
    assert state(replace(KPI, status="no target"))[1] == "No target"


@pytest.mark.parametrize(
    ("grain", "start", "english", "chinese"),
    [
        ("week", date(2026, 12, 28), "Week 53 of 2026", "2026年第53周"),
        ("month", date(2026, 10, 1), "October 2026", "2026年10月"),
        ("quarter", date(2026, 10, 1), "Quarter 4 of 2026", "2026年第四季度"),
        ("half_year", date(2026, 7, 1), "Second half of 2026", "2026年下半年"),
        ("year", date(2026, 1, 1), "2026", "2026年"),
    ],
)
def test_periods_have_their_names(grain: str, start: date, english: str, chinese: str) -> None:
    assert period_text(grain, start) == (english, chinese)


def test_points_are_signed_and_rounded_to_one_place() -> None:
    assert [points_text(Decimal(text)) for text in ("6.0714", "-11.45", "0")] == ["+6.1", "−11.5", "±0.0"]
    assert (points_text(None), score_text(None), score_text(Decimal("78.5714"))) == ("", "n/a", "78.6")
