"""Adds up the KPIs of small sheets, row by row; days may lie long before the tickets begin."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from orchestration.demo.cube import Parts
from orchestration.demo.periods import GRAINS, period_start
from orchestration.demo.plan import SHANGHAI, Plan, epoch
from orchestration.demo.staff import Staff, agent_id
from orchestration.demo.vocabulary import DEPARTMENTS, TEAMS
from orchestration.demo.workbook import Row

Members = Mapping[str, str]
Place = tuple[str, str, str, str]  # scope type, scope key, grain, first day of the period


def cells(rows: Iterable[Row]) -> Any:
    """Rows of a sheet whose columns' types the reader knows."""
    return rows


@cache
def periods_of(day: date) -> tuple[tuple[str, str], ...]:
    """Grain and first day of every period that holds the day."""
    return tuple((grain, period_start(day, grain).isoformat()) for grain in GRAINS)


def places(members: Members, day: date) -> Iterator[Place]:
    """Where a row of a day counts; it is always in the organisation."""
    for scope_type, key in (("organisation", "all"), *members.items()):
        for grain, start in periods_of(day):
            yield scope_type, key, grain, start


class Tally:
    """Numerator, denominator and n of every KPI by place."""

    def __init__(self) -> None:
        """Empty."""
        self._sums: dict[str, dict[Place, list[int]]] = defaultdict(dict)

    def add(self, kpi: str, members: Members, day: date, *parts: int) -> None:
        """Add a row on its day: numerator, denominator and n, the latter two 1 unless given."""
        for place in places(members, day):
            self.put(kpi, place, *parts)

    def put(self, kpi: str, place: Place, *parts: int) -> None:
        """Add to one place only."""
        sums = self._sums[kpi].setdefault(place, [0, 0, 0])
        for part, value in enumerate((*parts, 1, 1)[:3]):
            sums[part] += value

    def parts(self) -> dict[str, Parts]:
        """By KPI and place, those that are not all zero."""
        result: dict[str, Parts] = {}
        for kpi, sums in self._sums.items():
            for (scope_type, key, grain, start), triple in sums.items():
                if any(triple):
                    scope = result.setdefault(kpi, {}).setdefault(scope_type, {}).setdefault(key, {})
                    scope.setdefault(grain, {})[start] = triple
        return result


class Places:
    """Tells the members that agents and teams stand for."""

    def __init__(self, plan: Plan, staff: Staff) -> None:
        """Teams, and agents with their history by the UTC midnight of a day."""
        self.number = {agent_id(agent): agent for agent in range(staff.count)}
        self.reach = epoch(plan.until) + 24 * 3600 - SHANGHAI  # the midnight behind the last shift
        history: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for agent, effective, team in zip(
            staff.history_agent.tolist(),
            staff.history_effective.tolist(),
            staff.history_team.tolist(),
            strict=True,
        ):
            history[agent].append((effective, team))
        self._history = dict(history)
        self._cached = cache(self._members)

    def team(self, code: str) -> dict[str, str]:
        """A team by its number, and its department."""
        (department,) = (DEPARTMENTS[item[2]][0] for item in TEAMS if item[0] == code)
        return {"department": f"crm:{department}", "team": f"crm:{code}"}

    def agent(self, code: str, day: date) -> dict[str, str]:
        """An agent by number, with the team that they were in when the day began in UTC."""
        return self._cached(code, epoch(day))

    def at_end_of(self, code: str, day: date, zone: ZoneInfo) -> dict[str, str]:
        """An agent with the team that they were in when the day ended in a zone."""
        history = self._history[self.number[code]]
        stamps = [at for at, _ in history if datetime.fromtimestamp(at, UTC).astimezone(zone).date() <= day]
        return self._members(code, max(stamps, default=0))

    def _members(self, code: str, stamp: int) -> dict[str, str]:
        history = self._history[self.number[code]]
        teams = [team for effective, team in history if effective <= stamp] or [history[0][1]]
        return {**self.team(TEAMS[teams[-1]][0]), "agent": f"crm:{code}"}
