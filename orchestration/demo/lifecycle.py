"""Gives the tickets of one chunk their lives: replies, pauses, hand-overs, resolution, reopening, closing."""

import numpy as np

from orchestration.demo.conduct import draw_conduct
from orchestration.demo.draws import chance, choice
from orchestration.demo.intake import take_in
from orchestration.demo.plan import DAY, HOUR, NEVER, Bools, Chunk, Floats, Ints, Plan
from orchestration.demo.repeats import ask_again
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import ROUNDS, Tickets
from orchestration.demo.vocabulary import (
    BOT_CHANNELS,
    CHANNEL_CODES,
    LIVE_CHANNELS,
    PRIORITY_WEIGHTS,
    SLIPPING_TEAM,
    SLOW_CHANNEL,
)

IS_LIVE = np.array([code in LIVE_CHANNELS for code in CHANNEL_CODES])
HAS_BOT = np.array([code in BOT_CHANNELS for code in CHANNEL_CODES])
BOT = CHANNEL_CODES.index("bot")
SLOW = CHANNEL_CODES.index(SLOW_CHANNEL)
REPLY_MEDIAN = np.array([1500, 3600, 16000])  # seconds, by priority
LIVE_REPLY_MEDIAN = 150
ASYNCHRONOUS_REPLY_MEDIAN = 1800
WORK_MEDIAN = np.array([3600, 15000, 50000])
SLOW_FACTOR, SLIP_FACTOR = 3.5, 2.5
ODD_PER_CHUNK = 2  # tickets with stamps in an impossible order, at most, per kind and chunk


class Life:
    """One chunk while its stamps are drawn."""

    def __init__(self, plan: Plan, chunk: Chunk, staff: Staff) -> None:
        """Take the tickets in."""
        self.random = plan.random("tickets", chunk.number)
        self.tickets = take_in(plan, chunk, staff, self.random)
        self.stamps = self.tickets.stamps
        self.plan, self.chunk, self.staff, self.count = plan, chunk, staff, chunk.tickets

    def chance(self, probability: float) -> Bools:
        """True for about this share of the tickets."""
        return chance(self.random, self.count, probability)

    def spread(self, median: Ints | float, sigma: float) -> Floats:
        """Log-normal seconds around a median."""
        return np.asarray(median * np.exp(self.random.normal(0, sigma, self.count)))

    def put(self, name: str, happens: Bools, base: Ints, delay: Floats | Ints | int) -> None:
        """Set a stamp `delay` seconds after `base` where it happens."""
        self.stamps[name] = np.where(happens, base + np.asarray(delay).astype(np.int64), NEVER)


def simulate(plan: Plan, chunk: Chunk, staff: Staff) -> Tickets:
    """Draw the chunk's tickets, cut at the plan's horizon; the same plan and chunk give the same arrays."""
    life = Life(plan, chunk, staff)
    ask_again(plan, chunk, life.tickets)
    _answer(life)
    _work(life)
    _hand_over(life)
    _end(life)
    _acknowledge(life)
    life.tickets.conduct = draw_conduct(plan, chunk, life.tickets)
    for name, stamps in life.stamps.items():
        life.stamps[name] = np.where(stamps > plan.horizon, NEVER, stamps)
    changed = life.stamps["priority_changed"] < NEVER
    life.tickets.priority = np.where(changed, life.tickets.priority, life.tickets.first_priority)
    _make_odd(life)
    return life.tickets


def _answer(life: Life) -> None:
    """Bot, internal note, assignment and first human reply."""
    tickets, created = life.tickets, life.tickets.created
    by_priority = np.where(tickets.channel == BOT, REPLY_MEDIAN[tickets.priority], ASYNCHRONOUS_REPLY_MEDIAN)
    median = np.where(IS_LIVE[tickets.channel], LIVE_REPLY_MEDIAN, by_priority)
    factor = np.where(tickets.channel == SLOW, SLOW_FACTOR, 1) * life.staff.speed[tickets.agents[0]]
    delay = 5 + life.spread(median, 0.85) * factor
    within = delay * (0.05 + 0.5 * life.random.random(life.count))
    answered = life.chance(0.985) & (tickets.exclusion != 1) & (tickets.needs_answer | life.chance(0.5))
    has_bot = HAS_BOT[tickets.channel] & life.chance(0.4)
    life.put("bot_reply", has_bot, created, life.random.integers(1, 5, life.count))
    life.put("assigned", answered | life.chance(0.6), created, within)
    life.put("noted", answered & life.chance(0.15), created, delay * 0.8)
    life.put("answered", answered, created, delay)


def _work(life: Life) -> None:
    """The first resolution, with the exchanges and the pause before it."""
    tickets, stamps = life.tickets, life.stamps
    answered = stamps["answered"] < NEVER
    start = np.where(answered, stamps["answered"], np.minimum(stamps["assigned"], tickets.created + HOUR))
    team = life.staff.team_at(tickets.agents[0], tickets.created)
    slips = (team == SLIPPING_TEAM) & (tickets.created >= life.plan.slip_start)
    work = 60 + life.spread(WORK_MEDIAN[tickets.priority], 0.8) * np.where(slips, SLIP_FACTOR, 1)
    pause = np.where(answered & life.chance(0.15), life.spread(9 * HOUR, 0.9), 0)
    pause_from = start + (work * (0.2 + 0.6 * life.random.random(life.count))).astype(np.int64)
    life.put("pending", pause > 0, pause_from, 0)
    life.put("resumed", pause > 0, pause_from, pause)
    rounds = choice(life.random, life.count, [58, 28, 11, 3])
    for step in range(ROUNDS):
        moment = work * (step + 0.2 + 0.3 * life.random.random(life.count)) / ROUNDS
        life.put(f"customer_{step}", answered & (step < rounds), start, moment)
        life.put(f"reply_{step}", answered & (step < rounds), start, moment + work * 0.1)
    resolved = np.where(answered, life.chance(0.972), life.chance(0.3))
    life.put("resolved", resolved, start + work.astype(np.int64), pause)


def _hand_over(life: Life) -> None:
    """What happens to some tickets between the first reply and the end of work."""
    tickets, stamps = life.tickets, life.stamps
    answered = stamps["answered"] < NEVER
    start = np.where(answered, stamps["answered"], tickets.created)
    work = np.where(stamps["resolved"] < NEVER, stamps["resolved"] - start, 6 * HOUR)
    passes = choice(life.random, life.count, [82, 14, 4])
    life.put("reassigned_1", answered & (passes >= 1), start, work * 0.3)
    life.put("reassigned_2", answered & (passes > 1), start, work * 0.6)
    life.put("assigned_again", answered & life.chance(0.01), start, work * 0.8)
    life.put("escalated", answered & life.chance(0.04), start, work * 0.5)
    life.put("priority_changed", answered & life.chance(0.03), start, work * 0.4)
    shift = 1 + life.random.integers(0, len(PRIORITY_WEIGHTS) - 1, life.count)
    tickets.priority = (tickets.first_priority + shift) % len(PRIORITY_WEIGHTS)


def _end(life: Life) -> None:
    """Reopening with a second resolution, and closing one to three days after the last one."""
    stamps = life.stamps
    resolved = stamps["resolved"]
    reopened = (resolved < NEVER) & life.chance(0.03)
    life.put("reopened", reopened, resolved, life.spread(20 * HOUR, 0.8))
    life.put("reply_after_reopen", reopened, stamps["reopened"], life.spread(HOUR, 0.5))
    solved = reopened & life.chance(0.95)
    life.put("resolved_again", solved, stamps["reply_after_reopen"], life.spread(6 * HOUR, 0.8))
    last = np.where(reopened, stamps["resolved_again"], resolved)
    wait = DAY + 2 * DAY * life.random.random(life.count)
    life.put("closed", (last < NEVER) & life.chance(0.86), last, wait)


def _acknowledge(life: Life) -> None:
    """Receipts sent to the customer, most at once and some days late, and exemptions from the SLA."""
    random = life.plan.random("acknowledgements", life.chunk.number)
    created = life.tickets.created
    is_late = chance(random, life.count, 0.04)
    wait = np.where(
        is_late, 12 * HOUR + random.integers(0, 5 * DAY, life.count), random.integers(5, HOUR, life.count)
    )
    life.put("acknowledged", chance(random, life.count, 0.95), created, wait)
    life.put(
        "exempted", chance(random, life.count, 0.006), created, random.integers(HOUR, 3 * HOUR, life.count)
    )


def _make_odd(life: Life) -> None:
    """Put stamps of a few tickets in an impossible order: before creation, or closed before resolved."""
    tickets, stamps = life.tickets, life.stamps
    plain = (tickets.exclusion == 0) & (stamps["reopened"] == NEVER) & (stamps["resolved"] < NEVER)
    unclosed = plain & (stamps["closed"] == NEVER) & (stamps["pending"] == NEVER)
    still_open = np.flatnonzero(unclosed)[:ODD_PER_CHUNK]
    closed_later = plain & (stamps["closed"] < NEVER)
    closed = np.flatnonzero(closed_later)[:ODD_PER_CHUNK]
    # One reply only: with a second one after creation there would be a first response that can be measured.
    answered_once = closed_later & (stamps["reply_0"] == NEVER) & (stamps["answered"] < NEVER)
    answered = np.flatnonzero(answered_once)[-ODD_PER_CHUNK:]
    answered = answered[~np.isin(answered, closed)]
    stamps["resolved"][still_open] = tickets.created[still_open] - 3 * HOUR
    stamps["closed"][closed] = stamps["resolved"][closed] - 10
    stamps["answered"][answered] = tickets.created[answered] - 20 * 60
    tickets.is_impossible[np.concatenate([still_open, closed, answered])] = True
