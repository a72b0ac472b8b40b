"""Delivers equipment, emergencies and drills, reviews due and improvement actions, in one workbook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from orchestration.demo.draws import Random, choice, happens
from orchestration.demo.plan import DAY, Plan
from orchestration.demo.staff import agent_id
from orchestration.demo.vocabulary import TEAMS
from orchestration.demo.workbook import Row, Sheet, local_day, local_stamp
from orchestration.demo.writers import Delivery

DEVICES_PER_AGENT = 2
DEVICE_KINDS = ["电脑", "耳机", "话机"]
CHECK_EVERY = 182 * DAY
GRADES = ["轻微", "一般", "较大", "重大"]
GRADE_WEIGHTS = [60, 25, 11, 4]
DRILL_GRADE = 1
DRILL_KINDS = ["断电", "系统故障", "疏散", "舆情"]
POSTS = ["热线", "在线", "现场"]
REVIEW_MONTHS = {
    "service_standards": 6,
    "kpi_targets": 6,
    "emergency_plan": 6,
    "appraisal_standards": 12,
    "feedback_mechanism": 12,
}
ACTIONS = [  # KPI, scope type, scope, description
    ("reopen_rate", "organisation", None, "Checklist before resolving"),
    ("qa_score", "team", "T2", "Online: refresher on process norms"),
    ("complaint_rate", "department", "D3", "After-sales: refund rules in plain words"),
    ("resolution_rate", "department", "D2", "Spare parts list for devices"),
    ("survey_response_rate", "organisation", None, "Shorter survey by message"),
    ("first_response_sla", "channel", "social", "Social media: duty roster until 22:00"),
    ("resolution_minutes", "team", "T5", "Returns: second-line help for old cases"),
    ("csat_top2", "team", "T5", "Returns: coach tone and follow-up"),
]
INEFFECTIVE_ACTION, LATE_ACTION = 3, 4
STAGES = "PDCA"
EQUIPMENT_HEADER = ["event_id", "device_id", "device_kind", "team_id", "event", "due_on", "event_on"]
EMERGENCY_HEADER = [
    "emergency_id",
    "grade",
    "response_level",
    "is_drill",
    "drill_kind",
    "post",
    "due_on",
    "started",
    "graded",
    "handled",
    "noticed",
    "aftermath",
    "summarised",
]
REVIEW_HEADER = ["review_id", "kind", "due_on", "done_on"]
ACTION_HEADER = [
    "action_id",
    "kpi_code",
    "scope_type",
    "scope_id",
    "owner_id",
    "kind",
    "stage",
    "description",
    "opened_on",
    "due_on",
    "closed_on",
    "verified",
]


@dataclass(frozen=True)
class Operations:
    """What was delivered, row by row as in the sheets."""

    equipment: list[Row]
    emergencies: list[Row]
    reviews: list[Row]
    actions: list[Row]


def deliver_operations(plan: Plan, coachings: list[Row], delivery: Delivery) -> Operations:
    """Write the workbook with its four sheets; coachings stand behind the other actions."""
    random = plan.random("operations")
    emergencies = [*_emergencies(plan, random), *_drills(plan, random)]
    operations = Operations(
        _numbered("V", _equipment(plan, random)),
        _numbered("G", emergencies),
        _numbered("W", _reviews(plan, random)),
        _numbered("X", [*_actions(plan), *coachings]),
    )
    sheets = [
        Sheet("workforce_equipment_events", "Equipment", EQUIPMENT_HEADER, operations.equipment),
        Sheet("workforce_emergencies", "Emergencies", EMERGENCY_HEADER, operations.emergencies),
        Sheet("workforce_standard_reviews", "Reviews", REVIEW_HEADER, operations.reviews),
        Sheet("workforce_improvement_actions", "Actions", ACTION_HEADER, operations.actions),
    ]
    delivery.workbook("workforce/operations.xlsx", sheets)
    return operations


def _numbered(letter: str, rows: Iterable[Row]) -> list[Row]:
    return [[f"{letter}{number:06d}", *row] for number, row in enumerate(rows, start=1)]


def _equipment(plan: Plan, random: Random) -> Iterator[Row]:
    """Devices in service and spare, half-yearly checks with their due date, failures."""
    for device in range(plan.agents * DEVICES_PER_AGENT):
        team = TEAMS[device // DEVICES_PER_AGENT % len(TEAMS)][0]
        what = [f"DEV{device + 1:05d}", DEVICE_KINDS[device % len(DEVICE_KINDS)], team]
        start = plan.start - int(random.integers(200, 900)) * DAY
        yield [*what, "备用" if device % 6 == 0 else "启用", None, local_day(start)]
        for due in range(start + CHECK_EVERY, plan.horizon, CHECK_EVERY):
            done = due + int(random.integers(-10, 2)) * DAY
            is_done = happens(random, 0.97) and done <= plan.horizon
            yield [*what, "检查", local_day(due), local_day(done) if is_done else None]
        if happens(random, 0.09):
            failed = plan.start + int(random.integers(0, plan.horizon - plan.start))
            yield [*what, "故障", None, local_day(failed)]


def _emergencies(plan: Plan, random: Random) -> Iterator[Row]:
    """One emergency a month, most of them minor."""
    grades = choice(random, plan.months, GRADE_WEIGHTS).tolist()
    for number, (start, grade) in enumerate(zip(plan.month_starts, grades, strict=False)):
        began = start + int(random.integers(DAY, 24 * DAY))
        post = POSTS[number % len(POSTS)]
        yield [GRADES[grade], len(GRADES) - grade, "N", None, post, None, *_steps(plan, random, began)]


def _drills(plan: Plan, random: Random) -> Iterator[Row]:
    """A drill per quarter and post; one of ten is left out."""
    for quarter, start in enumerate(plan.month_starts[2:-1:3]):
        due = start + 20 * DAY
        for number, post in enumerate(POSTS):
            began = due - int(random.integers(0, 10)) * DAY if happens(random, 0.9) else plan.horizon + 1
            kind = DRILL_KINDS[(quarter + number) % len(DRILL_KINDS)]
            level = len(GRADES) - DRILL_GRADE
            yield [GRADES[DRILL_GRADE], level, "Y", kind, post, local_day(due), *_steps(plan, random, began)]


def _steps(plan: Plan, random: Random, began: int) -> list[datetime | None]:
    """Started, graded, handled, noticed, aftermath, summarised; the summary is sometimes left out."""
    moments = [began + int(minutes) * 60 for minutes in np.cumsum([0, *random.integers(5, 300, 5)])]
    steps = [local_stamp(moment) if moment <= plan.horizon else None for moment in moments]
    return steps if happens(random, 0.9) else [*steps[:-1], None]


def _reviews(plan: Plan, random: Random) -> Iterator[Row]:
    """Half-yearly and yearly reviews that fall due, nearly all done in time."""
    for kind, months in REVIEW_MONTHS.items():
        for due in plan.month_starts[months // 2 : -1 : months]:
            done = due + int(random.integers(-15, 3)) * DAY
            yield [kind, local_day(due), local_day(done) if happens(random, 0.92) else None]


def _actions(plan: Plan) -> Iterator[Row]:
    """Improvement actions through the span; the older ones closed and verified, the last still planned."""
    length = plan.horizon - plan.start
    for number, (kpi, scope_type, scope, description) in enumerate(ACTIONS):
        opened = plan.start + length * (number + 2) // (len(ACTIONS) + 2)
        due = opened + (60 if number == LATE_ACTION else 90) * DAY
        closed = opened + 75 * DAY
        is_closed = closed <= plan.horizon
        stage = STAGES[-1] if is_closed else STAGES[min(2, (plan.horizon - opened) // (25 * DAY))]
        owner = agent_id(number % len(TEAMS))
        verified = "N" if number == INEFFECTIVE_ACTION else "Y"
        end: Row = [local_day(closed), verified] if is_closed else [None, None]
        days = [local_day(opened), local_day(due), *end]
        yield [kpi, scope_type, scope, owner, "改进", stage, description, *days]
