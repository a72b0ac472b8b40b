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
    """Facts of each ticket; seconds, and epoch seconds for stamps."""

    def __init__(self, plan: Plan, tickets: Tickets) -> None:
        """Judge every ticket as known at the end of the data."""
        stamps, created = tickets.stamps, tickets.created
        self.tickets = tickets
        self.counts: Bools = tickets.exclusion == 0
        self.is_resolved: Bools = tickets.resolved < NEVER
        self.is_answered: Bools = tickets.first_reply < NEVER
        self.answered_in: Ints = tickets.first_reply - created
        self.resolved_in: Ints = tickets.resolved - created
        # A span whose stamps are in an impossible order is not measured; the ticket counts in everything else.
        self.has_first_response: Bools = self.counts & self.is_answered & (self.answered_in >= 0)
        in_order = (self.resolved_in >= 0) & (stamps["closed"] >= tickets.resolved)
        self.has_resolution: Bools = self.counts & self.is_resolved & in_order
        self.first_response_target = np.where(
            IS_LIVE[tickets.channel], LIVE_TARGET, FIRST_RESPONSE_TARGET[tickets.priority]
        )
        self.resolution_target = RESOLUTION_TARGET[tickets.priority]
        self.stopped = _stopped(tickets, plan.horizon)
        self.horizon = plan.horizon

    def count_into(self, cube: Cube, scopes: Scopes) -> None:
        """Add the tickets to all their KPIs."""
        tickets, created, resolved = self.tickets, self.tickets.created, self.tickets.resolved
        needs = self.counts & tickets.needs_answer
        ended = self.counts & self.is_resolved
        reopened = tickets.counted("reopened") > 0
        replies = tickets.counted(*AGENT_REPLIES)
        cube.add(
            "first_response_minutes",
            scopes,
            tickets.first_reply,
            self.has_first_response,
            self.answered_in,
        )
        cube.add("resolution_minutes", scopes, resolved, self.has_resolution, self.resolved_in)
        cube.add("response_rate", scopes, created, needs, self.is_answered)
        cube.add("resolution_rate", scopes, created, self.counts, self.is_resolved)
        cube.add("reopen_rate", scopes, resolved, ended, reopened)
        cube.add("fcr_one_touch", scopes, resolved, ended, (replies == 1) & ~reopened)
        cube.add(
            "transfers_per_ticket",
            scopes,
            created,
            self.counts,
            tickets.counted("reassigned_1", "reassigned_2"),
        )
        cube.add("complaint_rate", scopes, created, self.counts, None)
        cube.add("_opened", scopes, created, self.counts, self.counts)
        cube.add("_left", scopes, np.maximum(resolved, created), ended, ended)
        self._count_sla(cube, scopes, needs)

    def _count_sla(self, cube: Cube, scopes: Scopes, needs: Bools) -> None:
        """Open and past due is a breach; open and not yet due does not apply yet."""
        created = self.tickets.created
        due = created + self.first_response_target
        applies = self.has_first_response | (needs & ~self.is_answered & (due <= self.horizon))
        met = self.has_first_response & (self.answered_in <= self.first_response_target)
        cube.add("first_response_sla", scopes, due, applies, met)
        due = created + self.resolution_target + self.stopped
        applies = self.has_resolution | (self.counts & ~self.is_resolved & (due <= self.horizon))
        met = self.has_resolution & (self.resolved_in - self.stopped <= self.resolution_target)
        cube.add("resolution_sla", scopes, due, applies, met)


def _stopped(tickets: Tickets, horizon: int) -> Ints:
    """Seconds for which the resolution clock stood: waiting for the customer, and from resolution to reopening."""
    stamps = tickets.stamps
    waits = stamps["pending"] < NEVER
    waited = np.where(waits, np.minimum(stamps["resumed"], horizon) - stamps["pending"], 0)
    reopened = stamps["reopened"] < NEVER
    return waited + np.where(reopened, stamps["reopened"] - stamps["resolved"], 0)
