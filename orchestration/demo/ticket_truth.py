"""Judges the tickets of one chunk for the ground truth: durations, clocks, targets, and what counts."""

import numpy as np

from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.plan import NEVER, Bools, Ints, Plan
from orchestration.demo.tickets import AGENT_REPLIES, Tickets
from orchestration.demo.vocabulary import CHANNEL_CODES

FIRST_RESPONSE_TARGET = np.array([120, 240, 1440]) * 60  # seconds by priority: urgent, general, routine
RESOLUTION_TARGET = np.array([240, 1440, 4320]) * 60
LIVE_TARGET = 20 * 60
IS_LIVE = np.isin(CHANNEL_CODES, ["phone", "web_chat", "video", "on_site", "shop"])


class TicketTruth:
    """Facts of each ticket as known at the end of the data; spans are seconds."""

    def __init__(self, plan: Plan, tickets: Tickets) -> None:
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
        by_priority = FIRST_RESPONSE_TARGET[tickets.priority]
        self.first_response_target = np.where(IS_LIVE[tickets.channel], LIVE_TARGET, by_priority)
        self.resolution_target = RESOLUTION_TARGET[tickets.priority]
        self.stopped = _stopped(tickets, plan.horizon)

    def count_into(self, cube: Cube, scopes: Scopes) -> None:
        """Add the tickets to all their KPIs."""
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
        cube.add_above("_opened", scopes.without(), created, self.counts)
        cube.add_above("_left", scopes.without(), np.maximum(resolved, created), ended)
        self._count_sla(cube, scopes, needs)

    def _count_sla(self, cube: Cube, scopes: Scopes, needs: Bools) -> None:
        """Open and past due is a breach; open and not yet due does not apply yet."""
        created = self.tickets.created
        due = created + self.first_response_target
        applies = self.has_first_response | (needs & ~self.is_answered & (due <= self.horizon))
        met = self.has_first_response & (self.answered_in <= self.first_response_target)
        cube.add("first_response_sla", scopes, due, met, applies)
        due = created + self.resolution_target + self.stopped
        applies = self.has_resolution | (self.counts & ~self.is_resolved & (due <= self.horizon))
        met = self.has_resolution & (self.resolved_in - self.stopped <= self.resolution_target)
        cube.add("resolution_sla", scopes, due, met, applies)


def _stopped(tickets: Tickets, horizon: int) -> Ints:
    """Seconds for which the resolution clock stood: waiting for the customer, resolved until reopened."""
    stamps = tickets.stamps
    waits = stamps["pending"] < NEVER
    waited = np.where(waits, np.minimum(stamps["resumed"], horizon) - stamps["pending"], 0)
    reopened = stamps["reopened"] < NEVER
    return waited + np.where(reopened, stamps["reopened"] - stamps["resolved"], 0)
