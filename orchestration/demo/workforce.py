"""Delivers the workforce management's shifts, requirements, trainings and appraisals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from orchestration.demo.appraisals import APPRAISAL_HEADER, draw_appraisals
from orchestration.demo.draws import Random, chance, happens
from orchestration.demo.plan import DAY, HOUR, SHANGHAI, Plan, epoch
from orchestration.demo.staff import Staff, agent_id
from orchestration.demo.vocabulary import SLIPPING_TEAM, TEAMS, TOPICS
from orchestration.demo.workbook import Row, Sheet, local_day
from orchestration.demo.writers import Delivery

MINUTES_PER_SHIFT = 450
AGENTS_PER_OTHER_SKILL = 4
WORKDAYS, WEEK = 5, 7
TESTS = {"理论考试": 20, "实操考试": 25}  # days after hire
COURSE = "课程"
OTHER_SKILLS = TOPICS[len(TEAMS) :]  # beside what a team mainly serves
SHIFT_HEADER = ["shift_id", "agent_id", "team_id", "skill", "shift_date", "staffed_minutes"]
REQUIREMENT_HEADER = ["requirement_id", "team_id", "skill", "required_date", "required_minutes"]
TRAINING_HEADER = ["training_id", "agent_id", "kind", "topic", "held_on", "minutes", "passed"]


@dataclass(frozen=True)
class Roster:
    """What was delivered, row by row as in the sheets."""

    shifts: list[Row]
    requirements: list[Row]
    trainings: list[Row]
    appraisals: list[Row]


def deliver_workforce(plan: Plan, staff: Staff, delivery: Delivery) -> Roster:
    """Write the workbooks of staffing and training."""
    random = plan.random("workforce")
    roster = Roster(
        [*_shifts(plan, staff, random)],
        [*_requirements(plan, staff, random)],
        [*_trainings(plan, staff, random)],
        draw_appraisals(plan, staff),
    )
    shifts = Sheet("workforce_staffing_shifts", "Shifts", SHIFT_HEADER, roster.shifts)
    requirements = Sheet(
        "workforce_staffing_requirements", "Requirements", REQUIREMENT_HEADER, roster.requirements
    )
    delivery.workbook("workforce/staffing.xlsx", [shifts, requirements])
    trainings = Sheet("workforce_trainings", "Trainings", TRAINING_HEADER, roster.trainings)
    appraisals = Sheet("workforce_appraisals", "Appraisals", APPRAISAL_HEADER, roster.appraisals)
    delivery.workbook("workforce/training.xlsx", [trainings, appraisals])
    return roster


def _days(plan: Plan) -> Iterator[date]:
    first = local_day(plan.start)
    return (first + timedelta(days=i) for i in range((plan.until - first).days + 1))


def _shifts(plan: Plan, staff: Staff, random: Random) -> Iterator[Row]:
    """Five days of seven per agent; one planned shift of twenty falls out."""
    number = 0
    everyone = np.arange(staff.count)
    for day in _days(plan):
        noon = epoch(day) - SHANGHAI + 12 * HOUR
        team = staff.team_at(everyone, np.full(staff.count, noon))
        is_employed = (team >= 0) & (staff.left > noon)
        is_planned = (everyone + day.toordinal()) % WEEK < WORKDAYS
        for agent in np.flatnonzero(is_employed & is_planned & chance(random, staff.count, 0.95)).tolist():
            number += 1
            skills = _skills(int(team[agent]))
            skill = skills[agent // len(TEAMS) % AGENTS_PER_OTHER_SKILL == 0]
            yield [f"H{number:07d}", agent_id(agent), TEAMS[team[agent]][0], skill, day, MINUTES_PER_SHIFT]


def _requirements(plan: Plan, staff: Staff, random: Random) -> Iterator[Row]:
    """Minutes needed per team, skill and day, about what is staffed; a slipping team needs more."""
    usual = staff.count // len(TEAMS) * MINUTES_PER_SHIFT * WORKDAYS // WEEK
    number = 0
    for day in _days(plan):
        slips = epoch(day) >= plan.slip_start
        for team, (code, _, _) in enumerate(TEAMS):
            percent = int(random.integers(88, 108)) + 25 * (slips and team == SLIPPING_TEAM)
            needed = usual * percent // 100
            other = needed // AGENTS_PER_OTHER_SKILL
            for skill, minutes in zip(_skills(team), (needed - other, other), strict=True):
                number += 1
                yield [f"N{number:07d}", code, skill, day, minutes]


def _skills(team: int) -> tuple[str, str]:
    """What a team mainly serves, and what every fourth of its agents is rostered for."""
    return TOPICS[team], OTHER_SKILLS[team % len(OTHER_SKILLS)]


def _trainings(plan: Plan, staff: Staff, random: Random) -> Iterator[Row]:
    """Both tests between hire and the first ticket, and a course in two months of three."""
    rows: list[Row] = []
    for agent in range(staff.count):
        hired = int(staff.hired[agent])
        for kind, after in TESTS.items():
            passed = "NY"[happens(random, 0.96)]
            rows.append(
                [agent_id(agent), kind, TOPICS[agent % 8], local_day(hired + after * DAY), 120, passed]
            )
        for month, start in enumerate(plan.month_starts[:-1]):
            held = start + int(random.integers(0, 27)) * DAY
            minutes = 30 * int(random.integers(2, 8))
            if (agent + month) % 3 and hired < held < min(int(staff.left[agent]), plan.horizon):
                topic = TOPICS[(agent + month) % len(TOPICS)]
                rows.append([agent_id(agent), COURSE, topic, local_day(held), minutes, None])
    return ([f"L{number:06d}", *row] for number, row in enumerate(rows, start=1))
