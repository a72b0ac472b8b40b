"""Any size: chunks of bounded size without gap or overlap, and files that do not show where a chunk ended."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from orchestration.demo import plan as plans
from orchestration.demo.periods import Calendar
from orchestration.demo.plan import Plan
from orchestration.demo.staff import make_staff
from tests.demo.conftest import Made
from tests.demo.delivered import Reader
from tests.demo.recomputed import Recomputed, flat

UNTIL = date(2026, 10, 31)


@pytest.mark.parametrize("tickets", [1400, 30_000, 1_000_000, 10_000_000])
def test_chunks_follow_each_other_and_are_bounded(tickets: int) -> None:
    plan = Plan(tickets, 14, 7, UNTIL)
    chunks = plan.chunks()
    assert sum(chunk.tickets for chunk in chunks) == tickets
    assert max(chunk.tickets for chunk in chunks) <= plans.CHUNK_TICKETS
    assert chunks[0].start == plan.start
    assert chunks[-1].end == plan.horizon + 1
    for before, after in pairwise(chunks):
        assert (after.start, after.first_ticket) == (before.end, before.first_ticket + before.tickets)


def test_months_of_several_chunks_are_one_file_and_the_ground_truth_holds(
    make: Callable[..., Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "CHUNK_TICKETS", 150)
    made = make(tickets=800, months=2, seed=3)
    assert len(Plan(800, 2, 3, UNTIL).chunks()) == 6
    assert len(list((made.inbox / "crm").glob("tickets_*.csv"))) == 2
    company = Reader(made.inbox).read()
    assert len(company.tickets) == 800
    expected = {key: parts for key, parts in Recomputed(company, "UTC").parts.items() if any(parts)}
    codes, scope_types = ({key[place] for key in expected} for place in (0, 1))
    stated = flat(made.truth["kpis"])
    sums = {key: parts for key, parts in stated.items() if key[0] in codes and key[1] in scope_types}
    assert sums == expected


@pytest.mark.parametrize(
    "zone", ["UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]
)
def test_local_days_are_the_zone_s_own(zone: str) -> None:
    plan = Plan(1400, 14, 7, UNTIL)
    calendar = Calendar(plan, zone)
    stamps = np.random.default_rng(1).integers(plan.start, plan.horizon, 500)
    for stamp, number in zip(stamps.tolist(), calendar.day(stamps).tolist(), strict=True):
        assert calendar.days[number] == datetime.fromtimestamp(stamp, UTC).astimezone(ZoneInfo(zone)).date()


def test_agents_are_in_the_team_that_their_history_says() -> None:
    plan = Plan(30_000, 14, 7, UNTIL)
    staff = make_staff(plan)
    agents, stamps = (
        np.arange(staff.count).repeat(50),
        np.tile(np.linspace(plan.start, plan.horizon, 50), staff.count),
    )
    found = staff.team_at(agents, stamps.astype(np.int64))
    rows = list(
        zip(
            staff.history_agent.tolist(),
            staff.history_effective.tolist(),
            staff.history_team.tolist(),
            strict=True,
        )
    )
    for agent, stamp, team in zip(
        agents.tolist(), stamps.astype(np.int64).tolist(), found.tolist(), strict=True
    ):
        in_force = [to for who, since, to in rows if who == agent and since <= stamp]
        assert team == (in_force[-1] if in_force else -1)
    assert (found == -1).any()
    assert staff.team_at(np.array([-1]), np.array([plan.horizon])).tolist() == [-1]


def test_larger_companies_have_more_agents_and_customers() -> None:
    small, large = Plan(30_000, 14, 7, UNTIL), Plan(10_000_000, 14, 7, UNTIL)
    assert (small.agents, small.customers) == (60, 12_000)
    assert (large.agents, large.customers) == (260, 4_000_000)
