"""Measures the tickets of one chunk on both clocks against the SLA matrix, for the ground truth."""

import numpy as np

from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.plan import NEVER, Bools, Ints, Plan
from orchestration.demo.tickets import AGENT_REPLIES, ROUNDS, Tickets
from orchestration.demo.vocabulary import CHANNEL_CODES, REQUEST_LABELS
from orchestration.demo.working_time import HOTLINE, HOTLINE_DEPARTMENT, OFFICE, WorkingTime

MINUTE = 60
URGENT, COMPLEX = 0, 2
FIRST_RESPONSE = np.array([120, 240, 1440]) * MINUTE  # by priority: urgent, general, routine
LIVE_FIRST_RESPONSE, ASYNCHRONOUS_FIRST_RESPONSE = 20 * MINUTE, 120 * MINUTE
COMPLAINT_RESOLUTION, DEFAULT_RESOLUTION = 1440 * MINUTE, 1440 * MINUTE
ASYNCHRONOUS_RESOLUTION, URGENT_RESOLUTION = 240 * MINUTE, 240 * MINUTE
SIZE_RESOLUTION = np.array([360, 720, 720, 0]) * MINUTE  # large, medium, small, unknown: working time
IS_LIVE = np.isin(CHANNEL_CODES, ["phone", "web_chat", "video", "on_site", "shop"])
IS_ASYNCHRONOUS = ~IS_LIVE & ~np.isin(CHANNEL_CODES, ["bot"])
COMPLAINT = REQUEST_LABELS.index("投诉")
CUSTOMER_TURNS = ["created", *(f"customer_{i}" for i in range(ROUNDS)), "reopened"]


class WorkingTimes:
    """The two calendars of the company."""

    def __init__(self, plan: Plan) -> None:
        """Office hours, and the hotline's."""
        self.start = plan.start
        self.office, self.hotline = WorkingTime(plan, OFFICE), WorkingTime(plan, HOTLINE)

    def of(self, department: Ints) -> "ByDepartment":
        """The calendar of each row's department."""
        return ByDepartment(self, department == HOTLINE_DEPARTMENT)


class ByDepartment:
    """Working time by row; NEVER stays NEVER."""

    def __init__(self, times: WorkingTimes, is_hotline: Bools) -> None:
        """Rows of the hotline work by its calendar, the others in office hours."""
        self.times, self.is_hotline = times, is_hotline

    def position(self, stamps: Ints) -> Ints:
        """Seconds worked before each stamp."""
        safe = np.where(stamps < NEVER, stamps, self.times.start)
        found = np.where(self.is_hotline, self.times.hotline.position(safe), self.times.office.position(safe))
        return np.where(stamps < NEVER, found, NEVER)

    def stamp(self, positions: Ints) -> Ints:
        """When each position is reached."""
        return np.where(
            self.is_hotline, self.times.hotline.stamp(positions), self.times.office.stamp(positions)
        )

    def closing(self, stamps: Ints, working_days: Ints) -> Ints:
        """Close of business on the n-th working day after each stamp."""
        hotline, office = self.times.hotline, self.times.office
        return np.where(
            self.is_hotline, hotline.closing(stamps, working_days), office.closing(stamps, working_days)
        )


class ClockTruth:
    """Durations on both clocks and what the SLA matrix asks of each ticket; spans are seconds."""

    def __init__(self, plan: Plan, tickets: Tickets, scopes: Scopes, times: WorkingTimes) -> None:
        """Measure every ticket; the calendar is that of its department."""
        self.tickets, self.horizon = tickets, plan.horizon
        self.working = times.of(scopes.department)
        self.size = scopes.of("company_size")
        self.created_position = self.working.position(tickets.created)
        self.answered_in = self.working.position(tickets.first_reply) - self.created_position
        self.resolved_in = self.working.position(tickets.resolved) - self.created_position
        self.is_exempted = tickets.stamps["exempted"] < NEVER
        self._measure_stops()

    def _measure_stops(self) -> None:
        """Waiting for the customer, on hold, and resolved until reopened, in calendar and working time."""
        stamps, position = self.tickets.stamps, self.working.position
        pending, reopened = stamps["pending"], stamps["reopened"]
        waits, again = pending < NEVER, reopened < NEVER
        until = np.minimum(stamps["resumed"], self.horizon)
        self.waited = np.where(waits, until - pending, 0)
        self.gap = np.where(again, reopened - stamps["resolved"], 0)
        self.stopped = self.waited + self.gap
        working = np.where(waits, position(until) - position(pending), 0)
        self.stopped_working = working + np.where(again, position(reopened) - position(stamps["resolved"]), 0)

    def first_response_target(self) -> Ints:
        """By channel, else by the priority at the first response."""
        tickets = self.tickets
        is_changed = tickets.stamps["priority_changed"] <= tickets.first_reply
        priority = np.where(is_changed, tickets.priority, tickets.first_priority)
        target = np.where(IS_LIVE[tickets.channel], LIVE_FIRST_RESPONSE, FIRST_RESPONSE[priority])
        return np.where(IS_ASYNCHRONOUS[tickets.channel], ASYNCHRONOUS_FIRST_RESPONSE, target)

    def resolution_target(self) -> tuple[Ints, Bools]:
        """Seconds, and whether they are working time: complaint, channel, urgency, size, in this order."""
        tickets = self.tickets
        is_changed = tickets.stamps["priority_changed"] <= tickets.resolved
        urgent = np.where(is_changed, tickets.priority, tickets.first_priority) == URGENT
        complaint = tickets.request == COMPLAINT
        asynchronous = IS_ASYNCHRONOUS[tickets.channel]
        by_size = ~complaint & ~asynchronous & ~urgent & (self.size >= 0)
        target = np.where(by_size, SIZE_RESOLUTION[self.size], DEFAULT_RESOLUTION)
        target = np.where(urgent, URGENT_RESOLUTION, target)
        target = np.where(asynchronous, ASYNCHRONOUS_RESOLUTION, target)
        return np.where(complaint, COMPLAINT_RESOLUTION, target), by_size

    def resolution_due(self) -> Ints:
        """Creation plus target, pauses and reopen gaps on the target's clock."""
        target, is_working = self.resolution_target()
        by_calendar = self.tickets.created + target + self.stopped
        position = self.created_position + target + self.stopped_working
        return np.where(is_working, self.working.stamp(position), by_calendar)

    def count_into(self, cube: Cube, scopes: Scopes, answered: Bools, resolved: Bools, counts: Bools) -> None:
        """Add business time, replies, acknowledgements and waiting."""
        tickets = self.tickets
        ended = tickets.resolved
        cube.add("first_response_minutes_bh", scopes, tickets.first_reply, self.answered_in, answered)
        cube.add("resolution_minutes_bh", scopes, ended, self.resolved_in, resolved)
        for_customer = np.where(tickets.is_on_hold, 0, self.waited)
        ours = ended - tickets.created - for_customer - self.gap
        cube.add("customer_wait_minutes", scopes, ended, ours, resolved)
        turns, waited = self._turns()
        cube.add("reply_minutes", scopes, ended, waited, turns * (counts & (ended < NEVER)))
        self._count_acknowledged(cube, scopes, counts)

    def _count_acknowledged(self, cube: Cube, scopes: Scopes, counts: Bools) -> None:
        tickets = self.tickets
        created, first_reply = tickets.created, tickets.first_reply
        answered = np.where(first_reply >= created, first_reply, NEVER)
        acknowledged = np.minimum(tickets.stamps["acknowledged"], answered)
        due = self.working.closing(created, np.where(tickets.complexity == COMPLEX, 3, 1))
        applies = counts & ~self.is_exempted & ((acknowledged < NEVER) | (due <= self.horizon))
        cube.add("acknowledged_on_time", scopes, due, acknowledged <= due, applies)

    def _turns(self) -> tuple[Ints, Ints]:
        """Answered turns of the customer, and for how long they waited: messages in the order of time."""
        stamps = self.tickets.stamps
        names = CUSTOMER_TURNS + AGENT_REPLIES
        is_customer = np.array([name in CUSTOMER_TURNS for name in names])
        moments = np.stack([stamps[name] for name in names])
        order = np.argsort(moments, axis=0, kind="stable")
        at, customer = np.take_along_axis(moments, order, axis=0), is_customer[order]
        turns, waited = np.zeros(self.tickets.count, np.int64), np.zeros(self.tickets.count, np.int64)
        since = np.full(self.tickets.count, NEVER)
        for moment, speaks in zip(at, customer, strict=True):
            happened = moment < NEVER
            starts = happened & speaks & (since == NEVER)
            answers = happened & ~speaks & (since < NEVER)
            turns += answers
            waited += np.where(answers, moment - since, 0)
            since = np.where(starts, moment, np.where(answers, NEVER, since))
        return turns, waited
