"""What was planted: a team that slips, a channel that misses its SLA, a topic that rises, known dirt."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.demo.conftest import Made
from tests.demo.delivered import csv_rows


@pytest.fixture(scope="module")
def standard(make: Callable[..., Made]) -> Made:
    """The company that `make run` makes."""
    return make()


def value(made: Made, kpi: str, scope_type: str, scope: str, *months: str) -> float:
    """The KPI over some months."""
    periods = made.truth["kpis"][kpi][scope_type][scope]["month"]
    parts = [periods[f"{month}-01"] for month in months]
    return float(sum(part[0] for part in parts) / sum(part[1] for part in parts))


BEFORE = ("2026-04", "2026-05", "2026-06", "2026-07")
AFTER = ("2026-08", "2026-09", "2026-10")
TEAMS = [f"crm:T{number}" for number in range(1, 7)]


def test_one_team_slips_in_the_last_quarter_and_the_others_do_not(standard: Made) -> None:
    for team in TEAMS:
        slower = value(standard, "resolution_minutes", "team", team, *AFTER) / value(
            standard, "resolution_minutes", "team", team, *BEFORE
        )
        less_satisfied = value(standard, "csat_top2", "team", team, *BEFORE) - value(
            standard, "csat_top2", "team", team, *AFTER
        )
        assert (slower > 1.5) == (team == "crm:T5")
        assert (less_satisfied > 0.15) == (team == "crm:T5")


def test_one_channel_misses_its_first_response_target_and_the_others_do_not(standard: Made) -> None:
    for channel in standard.truth["kpis"]["first_response_sla"]["channel"]:
        met = value(standard, "first_response_sla", "channel", channel, *BEFORE, *AFTER)
        assert (met < 0.75) == (channel == "social")


def test_one_topic_rises_in_the_last_quarter(standard: Made) -> None:
    before, after = Counter[str](), Counter[str]()
    for path in (standard.inbox / "crm").glob("tickets_*.csv"):
        rows = csv_rows(path.read_bytes(), "utf-8-sig")
        topics = Counter(row["topic"] for row in rows if row)
        (before if path.stem < "tickets_202608" else after).update(topics)
    rises = {topic: after[topic] / after.total() / (before[topic] / before.total()) for topic in after}
    assert max(rises, key=lambda topic: rises[topic]) == "refund"
    assert rises["refund"] > 1.8
    assert max(ratio for topic, ratio in rises.items() if topic != "refund") < 1.15


def test_kinds_of_dirt_have_known_counts(standard: Made) -> None:
    assert standard.truth["quarantined"] == {
        "bot_bot_sessions": {"not a JSON object": 1},
        "complaint_complaints": {"undecodable bytes": 2, "not a timestamp": 1},
        "crm_customers": {"required value is missing": 2},
        "crm_products": {"too many fields": 1, "too few fields": 1},
        "crm_ticket_events": {"outside the plausible range": 2, "not a timestamp": 1},
        "crm_tickets": {
            "not a timestamp": 3,
            "outside the plausible range": 2,
            "required value is missing": 1,
        },
        "shop_orders": {"outside the plausible range": 1, "not a timestamp": 1},
        "survey_surveys": {
            "not a JSON object": 2,
            "required value is missing": 1,
            "outside the plausible range": 1,
        },
    }
    assert standard.truth["duplicates"] == {
        "crm_tickets": 5, "crm_ticket_events": 8, "survey_surveys": 3, "shop_orders": 2,
    }  # fmt: skip
    assert standard.truth["corrections"] == {"crm_tickets": 4, "survey_surveys": 3, "shop_orders": 2}
