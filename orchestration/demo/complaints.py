"""Draws the complaints of one chunk with the stamps of their ISO 10002 stages."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.draws import Random, chance, choice
from orchestration.demo.plan import DAY, HOUR, NEVER, Bools, Chunk, Ints, Plan
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import (
    CHANNEL_WEIGHTS,
    DEPARTMENT_OF_TEAM,
    DEPARTMENTS,
    PRODUCTS,
    ROOT_CAUSES,
)

SHARE = 0.04  # complaints per ticket
CATEGORIES = 6
TYPE_WEIGHTS = [25, 20, 18, 22, 10, 5]
PROMISED_HOURS = np.array([24, 48, 72])
# When a stage is entered, as a share of the handling time; complaints that never end stop after half of it.
STAGE_SHARES = {
    "acknowledged": 0.1,
    "assessed": 0.25,
    "investigated": 0.5,
    "responded": 0.8,
    "decided": 0.9,
    "resolved": 1.0,
}
SKIPPABLE = ("assessed", "investigated")
LAST_SHARE_IF_UNENDED = 0.5


@dataclass
class Complaints:
    """Complaints of one chunk by column; `ticket` is the row of the ticket there, -1 for none."""

    number: Ints
    ticket: Ints
    customer: Ints
    agent: Ints
    team: Ints
    department: Ints
    channel: Ints
    kind: Ints
    category: Ints
    product: Ints
    promised: Ints
    stamps: dict[str, Ints]

    @property
    def root_cause(self) -> Ints:
        """Named at the close; -1 before it."""
        return np.where(self.stamps["closed"] < NEVER, self.number % len(ROOT_CAUSES), -1)

    @property
    def count(self) -> int:
        """Number of complaints."""
        return len(self.number)


def draw_complaints(plan: Plan, chunk: Chunk, tickets: Tickets, staff: Staff) -> Complaints:
    """About 4 of 100 tickets lead to a complaint; one complaint of ten names no ticket and no agent."""
    random = plan.random("complaints", chunk.number)
    chosen, received = _received(plan, chunk, tickets, random)
    count = len(chosen)
    has_ticket = chance(random, count, 0.9)
    agent = np.where(has_ticket, tickets.assignee[chosen], -1)
    team = staff.team_at(agent, received)
    anywhere = random.integers(0, len(DEPARTMENTS), count)
    same_channel = has_ticket & chance(random, count, 0.7)
    other_channel = choice(random, count, CHANNEL_WEIGHTS)
    number, customer = tickets.number[chosen], tickets.customer[chosen]
    like = _repeated(plan.random("repeated_complaints", chunk.number), received, ~has_ticket)
    return Complaints(
        number=number,
        ticket=np.where(has_ticket, chosen, -1),
        customer=customer[like],
        agent=agent,
        team=team,
        department=np.where(team >= 0, DEPARTMENT_OF_TEAM[team], anywhere),
        channel=np.where(same_channel, tickets.channel[chosen], other_channel),
        kind=choice(random, count, TYPE_WEIGHTS),
        category=(number % CATEGORIES)[like],
        product=random.integers(0, len(PRODUCTS), count),
        promised=received + HOUR * PROMISED_HOURS[choice(random, count, [3, 4, 3])],
        stamps=_stages(random, received, plan.horizon),
    )


def _repeated(random: Random, received: Ints, is_free: Bools) -> Ints:
    """Per complaint the row whose customer and category it has: its own, or that of an earlier one."""
    own = np.arange(len(received))
    other = random.integers(0, max(1, len(received)), len(received))
    repeats = is_free & chance(random, len(received), 0.6) & (received[other] < received)
    return np.where(repeats, other, own)


def _received(plan: Plan, chunk: Chunk, tickets: Tickets, random: Random) -> tuple[Ints, Ints]:
    """Ticket rows and stamps of receipt, at least one per chunk; the very last in the last second."""
    suits = np.flatnonzero((tickets.exclusion == 0) & ~tickets.is_impossible)
    chosen = suits[chance(random, len(suits), SHARE) | (np.arange(len(suits)) == 0)]
    received = tickets.created[chosen] + random.integers(HOUR, 5 * DAY, len(chosen))
    kept = received <= plan.horizon
    chosen, received = chosen[kept], received[kept]
    if chunk.end > plan.horizon:
        received[-1:] = plan.horizon
    return chosen, received


def _stages(random: Random, received: Ints, horizon: int) -> dict[str, Ints]:
    """Stamps of the stages and of the resolution; a few complaints skip a stage or are never fed back."""
    count = len(received)
    handling = random.lognormal(np.log(17 * HOUR), 0.7, count)
    ends = chance(random, count, 0.97)
    stamps = {"received": received}
    for name, share in STAGE_SHARES.items():
        reached = ends | (share <= LAST_SHARE_IF_UNENDED)
        skipped = (name in SKIPPABLE) & chance(random, count, 0.05)
        stamps[name] = np.where(reached & ~skipped, received + (handling * share).astype(np.int64), NEVER)
    closed = stamps["resolved"] + random.integers(HOUR, 3 * DAY, count)
    stamps["closed"] = np.where(stamps["resolved"] < NEVER, closed, NEVER)
    fed_back = (stamps["closed"] < NEVER) & chance(random, count, 0.9)
    after = stamps["closed"] + random.integers(HOUR, 10 * DAY, count)
    stamps["fed_back"] = np.where(fed_back, after, NEVER)
    return {name: np.where(at > horizon, NEVER, at) for name, at in stamps.items()}
