"""What was planted in the demo company is what a reader of the published scorecards sees."""

from decimal import Decimal

import pytest

from tests.end_to_end.project import Project

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("demo")]
TEAMS = [f"crm.T{number}" for number in range(1, 7)]
BEFORE, AFTER = ("2026-05", "2026-06", "2026-07", "2026-08"), ("2026-09", "2026-10")
TARGETED_CHANNELS = """
select scope_key, status, value
from kpis.fct_kpi_values
where kpi_code = 'first_response_sla' and scope_type = 'channel' and period_grain = 'month'
    and period_start = date '2026-10-01' and n >= 20
"""


def over(demo: Project, team: str, kpi: str, months: tuple[str, ...]) -> Decimal:
    """The KPI over some months, from the parts that the scorecards print."""
    cards = [demo.scorecard(f"team/{team}/{month}")["kpis"][kpi] for month in months]
    numerator = sum((Decimal(card["numerator"]) for card in cards), Decimal(0))
    return numerator / sum((Decimal(card["denominator"]) for card in cards), Decimal(0))


def test_the_slipping_team_is_the_only_one_whose_scorecards_slip(demo: Project) -> None:
    slower = {
        team: over(demo, team, "resolution_minutes", AFTER) / over(demo, team, "resolution_minutes", BEFORE)
        for team in TEAMS
    }
    assert [team for team, ratio in slower.items() if ratio > Decimal("1.4")] == ["crm.T5"], slower
    assert max(slower, key=lambda team: slower[team]) == "crm.T5"


def test_the_slipping_teams_customers_are_the_only_ones_who_turn_away(demo: Project) -> None:
    lost = {
        team: over(demo, team, "csat_top2", BEFORE) - over(demo, team, "csat_top2", AFTER) for team in TEAMS
    }
    assert max(lost, key=lambda team: lost[team]) == "crm.T5", lost
    assert lost["crm.T5"] > Decimal("0.10")


def test_the_slipping_teams_last_scorecard_is_red_where_it_slips(demo: Project) -> None:
    kpis = demo.scorecard("team/crm.T5/2026-10")["kpis"]
    assert kpis["resolution_minutes"]["status"] == "red"
    assert kpis["csat_top2"]["status"] == "red"


def test_the_channel_that_misses_its_sla_is_the_worst_and_red(demo: Project) -> None:
    channels = {channel: (status, value) for channel, status, value in demo.query(TARGETED_CHANNELS)}
    assert len(channels) > 4
    assert min(channels, key=lambda channel: channels[channel][1]) == "social", channels
    assert channels["social"][1] < Decimal("0.75")


def test_a_page_for_people_stands_beside_every_scorecard(demo: Project) -> None:
    documents = list((demo.published / "scorecards").glob("**/scorecard.json"))
    assert len(documents) > 6 * len(TEAMS)
    assert [path for path in documents if "</html>" not in path.with_suffix(".html").read_text("utf-8")] == []
