"""Counts staffing, training, onboarding, appraisal and coaching for the ground truth."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from orchestration.demo.cube import Cube, Parts
from orchestration.demo.operations import Operations
from orchestration.demo.operations_truth import OperationsTruth
from orchestration.demo.periods import GRAINS, period_start
from orchestration.demo.plan import NEVER, Plan
from orchestration.demo.staff import Staff, agent_id
from orchestration.demo.tally import Place, Places, Tally, cells, places
from orchestration.demo.tickets import Tickets
from orchestration.demo.workbook import local_day
from orchestration.demo.workforce import COURSE, TESTS, Roster

SLA_TARGET_PERCENT = 95
QA_WARNING = 80
COACHED_WITHIN = timedelta(days=30)
MONTH = "month"


class ManagementTruth:
    """What agents resolved day by day; `parts` adds what the sheets say."""

    def __init__(self, plan: Plan, staff: Staff, cube: Cube) -> None:
        """Nothing resolved yet."""
        self.plan, self.staff, self.cube = plan, staff, cube
        self.places, self.tally = Places(plan, staff), Tally()
        shape = (staff.count, len(cube.calendar.days))
        self._handled, self._solo = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)

    def add(self, tickets: Tickets) -> None:
        """Add one chunk: counted tickets by their last agent and the day of the last resolution."""
        chosen = (tickets.exclusion == 0) & (tickets.resolved < NEVER) & (tickets.assignee >= 0)
        rows = np.flatnonzero(chosen)
        day = self.cube.calendar.day(tickets.resolved[rows])
        alone = tickets.counted("reassigned_1", "reassigned_2")[rows] == 0
        np.add.at(self._handled, (tickets.assignee[rows], day), 1)
        np.add.at(self._solo, (tickets.assignee[rows][alone], day[alone]), 1)

    def parts(self, roster: Roster, operations: Operations, files: list[str]) -> dict[str, Parts]:
        """Every KPI of the pillar; `files` are the delivered ones, `<source>/<file>`."""
        self._staffing(roster)
        self._agents(roster)
        self._onboarding(roster)
        self._appraisals(roster)
        self._targets_hit()
        self._coaching(operations)
        OperationsTruth(self.tally, self.places, self.cube.calendar, operations)
        self._freshness({name.split("/")[0] for name in files})
        return self.tally.parts()

    def _resolved_days(self) -> tuple[date, date]:
        """The first and the last day on which an agent resolved something."""
        found = np.flatnonzero(self._handled.any(axis=0))
        return self.cube.calendar.days[found[0]], self.cube.calendar.days[found[-1]]

    def _count(self, counts: Any, agent: str, day: date) -> int:
        return int(counts[self.places.number[agent], (day - self.cube.calendar.first).days])

    def _staffing(self, roster: Roster) -> None:
        shifts, requirements = cells(roster.shifts), cells(roster.requirements)
        shift_days = [row[4] for row in shifts]
        first, last = min(shift_days), max(shift_days)
        open_days = set()
        for _, team, skill, day, minutes in requirements:
            members = self.places.team(team) | {"skill": skill}
            open_days.add((team, day))
            if first <= day <= last:
                self.tally.add("staffing_coverage", members, day, 0, minutes)
        resolved_from, resolved_until = self._resolved_days()
        for _, agent, team, skill, day, minutes in shifts:
            if (team, day) in open_days:
                members = self.places.team(team) | {"skill": skill}
                self.tally.add("staffing_coverage", members, day, minutes, 0, 0)
            if resolved_from <= day <= resolved_until:
                handled = self._count(self._handled, agent, day)
                who = self.places.agent(agent, day)
                self.tally.add("tickets_per_agent_hour", who, day, handled, minutes)

    def _agents(self, roster: Roster) -> None:
        """Agents as counted once per period: at work with what they resolved, employed, trained."""
        at_work: dict[Place, dict[str, int]] = defaultdict(dict)
        employed: dict[Place, set[str]] = defaultdict(set)
        trained: dict[Place, set[str]] = defaultdict(set)
        first, last = self._resolved_days()
        working = {(row[1], row[4]) for row in cells(roster.shifts) if first <= row[4] <= last}
        for number, index in np.argwhere(self._handled > 0).tolist():
            working.add((agent_id(number), self.cube.calendar.days[index]))
        for agent, day in working:
            handled = self._count(self._handled, agent, day)
            for place in self._wider(agent, day):
                at_work[place][agent] = at_work[place].get(agent, 0) + handled
        courses = self._courses(roster)
        for agent, day in self._employed_days(min(day for _, day in courses)):
            minutes = courses.get((agent, day), 0)
            who = self.places.agent(agent, day)
            self.tally.add("training_hours_per_agent", who, day, minutes)
            for place in self._wider(agent, day):
                employed[place].add(agent)
                if minutes:
                    trained[place].add(agent)
        for place, agents in employed.items():
            count = len(agents)
            self.tally.put("training_coverage", place, len(trained[place]), count, count)
        for place, tickets in at_work.items():
            total, squares = sum(tickets.values()), sum(x * x for x in tickets.values())
            if total:
                spread = len(tickets) * squares - total**2
                self.tally.put("workload_balance", place, spread, total**2, len(tickets))

    def _wider(self, agent: str, day: date) -> list[Place]:
        """The places of an agent's day but the agent's own."""
        return [place for place in places(self.places.agent(agent, day), day) if place[0] != "agent"]

    def _courses(self, roster: Roster) -> dict[tuple[str, date], int]:
        minutes: dict[tuple[str, date], int] = defaultdict(int)
        for _, agent, kind, _, held, length, _ in cells(roster.trainings):
            if kind == COURSE:
                minutes[agent, held] += length
        return dict(minutes)

    def _employed_days(self, first: date) -> list[tuple[str, date]]:
        last = datetime.fromtimestamp(self.places.reach - 1, UTC).date()
        days = []
        for agent in range(self.staff.count):
            day = max(first, local_day(int(self.staff.hired[agent])))
            left = self.staff.left[agent]
            end = last if left == NEVER else min(last, local_day(int(left)) - timedelta(days=1))
            days += [(agent_id(agent), day + timedelta(days=i)) for i in range((end - day).days + 1)]
        return days

    def _onboarding(self, roster: Roster) -> None:
        passed: dict[tuple[str, str], date] = {}
        for _, agent, kind, _, held, _, result in cells(roster.trainings):
            if kind in TESTS and result is not None:
                self.tally.add("training_pass_rate", self.places.agent(agent, held), held, result == "Y")
            if kind in TESTS and result == "Y":
                passed[agent, kind] = held
        first_day, _ = self._resolved_days()
        for agent in range(self.staff.count):
            hired, found = local_day(int(self.staff.hired[agent])), np.flatnonzero(self._solo[agent])
            if hired >= first_day and len(found):
                began = self.cube.calendar.days[found[0]]
                code = agent_id(agent)
                who = self.places.agent(code, began)
                is_certified = all((code, kind) in passed and passed[code, kind] < began for kind in TESTS)
                self.tally.add("onboarding_months", who, began, (began - hired).days)
                self.tally.add("certified_before_duty", who, began, is_certified)

    def _appraisals(self, roster: Roster) -> None:
        for _, agent, due, done, _ in cells(roster.appraisals):
            on_time = done is not None and done <= due
            self.tally.add("appraisal_on_time", self.places.agent(agent, due), due, on_time)

    def _own_values(self, kpi: str) -> list[tuple[str, str, date, list[int]]]:
        """Agent, grain, first day and parts of every value of an agent."""
        return [
            (key.removeprefix("crm:"), grain, date.fromisoformat(start), parts)
            for key, by_grain in self.cube.parts(kpi)["agent"].items()
            for grain, by_start in by_grain.items()
            for start, parts in by_start.items()
            if key != "unknown" and parts[1]
        ]

    def _at_end(self, agent: str, grain: str, start: date) -> tuple[date, dict[str, str]]:
        """The last day of a period, and where the agent stood then."""
        end = start
        while period_start(end + timedelta(days=1), grain) == start:
            end += timedelta(days=1)
        return end, self.places.at_end_of(agent, end, self.cube.calendar.zone)

    def _targets_hit(self) -> None:
        for agent, grain, start, (met, due, _) in self._own_values("first_response_sla"):
            _, who = self._at_end(agent, grain, start)
            hit = met * 100 >= SLA_TARGET_PERCENT * due
            for scope in (("organisation", "all"), *who.items()):
                self.tally.put("sla_target_hit_by_agent", (*scope, grain, start.isoformat()), hit, 1, 1)

    def _coaching(self, operations: Operations) -> None:
        coached: dict[str, list[date]] = defaultdict(list)
        for _, _, _, agent, _, kind, _, _, opened, *_ in cells(operations.actions):
            if kind == "辅导":
                coached[agent].append(opened)
        low = {
            (agent, start)
            for agent, grain, start, (points, weight, _) in self._own_values("qa_score")
            if grain == MONTH and points < QA_WARNING * weight
        }
        for agent, start in low if coached else ():
            before = period_start(start - timedelta(days=1), MONTH)
            if (agent, before) in low:
                end, who = self._at_end(agent, MONTH, start)
                started = any(before <= opened <= end + COACHED_WITHIN for opened in coached[agent])
                for grain in GRAINS[1:]:
                    first = period_start(end, grain).isoformat()
                    for scope in (("organisation", "all"), *who.items()):
                        self.tally.put("coaching_started_rate", (*scope, grain, first), started, 1, 1)

    def _freshness(self, sources: set[str]) -> None:
        """Sources with stamps reach the last second; the workforce's dates reach its local midnight."""
        day = self.cube.calendar.days[self.cube.calendar.last_data_day]
        for grain in GRAINS:
            start = period_start(day, grain).isoformat()
            self.tally.put("data_freshness_minutes", ("organisation", "all", grain, start), 0, 1, 1)
            for source in sources:
                age = self.plan.horizon - self.places.reach if source == "workforce" else 0
                self.tally.put("data_freshness_minutes", ("source", source, grain, start), age, 1, 1)
