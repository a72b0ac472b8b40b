"""Judges the tickets of one chunk for the ground truth: durations, clocks, targets, and what counts."""

import numpy as np

from orchestration.demo.clock_truth import ClockTruth, WorkingTimes
from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.plan import NEVER, Bools, Ints, Plan
from orchestration.demo.tickets import AGENT_REPLIES, Tickets


class TicketTruth:
    """Facts of each ticket as known at the end of the data; spans are seconds."""

    def __init__(self, plan: Plan, tickets: Tickets, scopes: Scopes, times: WorkingTimes) -> None:
        """Judge every ticket."""
        created, resolved = tickets.created, tickets.resolved
        self.tickets, self.horizon = tickets, plan.horizon
        self.counts: Bools = tickets.exclusion == 0
        self.is_resolved: Bools = resolved < NEVER
        self.is_answered: Bools = tickets.first_reply < NEVER
        self.answered_in: Ints = tickets.first_reply - created
        self.resolved_in: Ints = resolved - created
        # A span whose stamps are in an impossible order is not measured; the ticket counts elsewhere.
        self.has_first_response: Bools = self.counts & self.is_answered & (self.answered_in >= 0)
        in_order = (self.resolved_in >= 0) & (tickets.stamps["closed"] >= resolved)
        self.has_resolution: Bools = self.counts & self.is_resolved & in_order
        self.scopes, self.clocks = scopes, ClockTruth(plan, tickets, scopes, times)

    def count_into(self, cube: Cube) -> None:
        """Add the tickets to all their KPIs."""
        scopes = self.scopes
        tickets, created, resolved = self.tickets, self.tickets.created, self.tickets.resolved
        answered = self.has_first_response
        needs = self.counts & tickets.needs_answer
        ended = self.counts & self.is_resolved
        reopened = tickets.counted("reopened") > 0
        one_touch = (tickets.counted(*AGENT_REPLIES) == 1) & ~reopened
        transfers = tickets.counted("reassigned_1", "reassigned_2")
        cube.add("first_response_minutes", scopes, tickets.first_reply, self.answered_in, answered)
        cube.add("resolution_minutes", scopes, resolved, self.resolved_in, self.has_resolution)
        cube.add("response_rate", scopes, created, self.is_answered, needs)
        cube.add("resolution_rate", scopes, created, self.is_resolved, self.counts)
        cube.add("reopen_rate", scopes, resolved, reopened, ended)
        cube.add("fcr_one_touch", scopes, resolved, one_touch, ended)
        cube.add("transfers_per_ticket", scopes, created, transfers, self.counts)
        cube.add("complaint_rate", scopes, created, created * 0, self.counts)
        self.clocks.count_into(cube, scopes, answered, self.has_resolution, self.counts)
        self._count_backlog(cube, scopes)
        self._count_sla(cube, scopes, needs)

    def _count_backlog(self, cube: Cube, scopes: Scopes) -> None:
        """What came into the backlog, left it and fell due in it by day; sums of creation stamps."""
        created, ended = self.tickets.created, self.counts & self.is_resolved
        left = np.maximum(self.tickets.resolved, created)
        cube.add_above("_opened", scopes, created, self.counts)
        cube.add_above("_left", scopes, left, ended)
        cube.add_above("_opened_at", scopes, created, created * self.counts)
        cube.add_above("_left_at", scopes, left, created * ended)
        due = np.maximum(self.clocks.resolution_due(), created)
        day = cube.calendar.day
        left_day = np.where(self.is_resolved, day(np.where(self.is_resolved, left, created)), NEVER)
        late = self.counts & ~self.clocks.is_exempted & (due <= self.horizon)
        late[late] = day(due[late]) < left_day[late]
        cube.add_above("_fell_due", scopes, due, late)
        cube.add_above("_left_late", scopes, left, late & self.is_resolved)

    def _count_sla(self, cube: Cube, scopes: Scopes, needs: Bools) -> None:
        """Open and past due is a breach; open and not yet due does not apply yet."""
        created, clocks = self.tickets.created, self.clocks
        target = clocks.first_response_target()
        due = created + target
        applies = self.has_first_response | (needs & ~self.is_answered & (due <= self.horizon))
        met = self.has_first_response & (self.answered_in <= target)
        cube.add("first_response_sla", scopes, due, met, applies & ~clocks.is_exempted)
        target, is_working = clocks.resolution_target()
        due = clocks.resolution_due()
        applies = self.has_resolution | (self.counts & ~self.is_resolved & (due <= self.horizon))
        elapsed = np.where(
            is_working, clocks.resolved_in - clocks.stopped_working, self.resolved_in - clocks.stopped
        )
        met = self.has_resolution & (elapsed <= target)
        cube.add("resolution_sla", scopes, due, met, applies & ~clocks.is_exempted)
