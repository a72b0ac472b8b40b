"""Draws and delivers the telephone switch's calls: those that led to a ticket, others, and those given up."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo import columns as col
from orchestration.demo.draws import Random, chance, choice
from orchestration.demo.numbers import agent_ids, customer_ids, phones, team_ids, ticket_ids
from orchestration.demo.plan import NEVER, Bools, Chunk, Ints, Plan
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import CHANNEL_CODES
from orchestration.demo.writers import Delivery

PHONE = CHANNEL_CODES.index("phone")
OTHERS, GIVEN_UP = 8, 14  # one call per so many that led to a ticket
QUEUE_WEIGHTS = [40, 20, 10, 10, 12, 8]  # of the calls that nobody took, by team
ANSWER_MEDIAN, PATIENCE_MEDIAN = 9, 55  # seconds


@dataclass
class Course:
    """How calls went, by column; stamps are NEVER and spans -1 where it has not happened."""

    answered: Ints
    abandoned: Ints
    ended: Ints
    wait: Ints
    talk: Ints
    hold: Ints
    wrap: Ints


@dataclass
class Calls:
    """Calls of one chunk by column; `ticket` is the row of the ticket there, -1 for none."""

    number: Ints
    ticket: Ints
    customer: Ints
    is_recognised: Bools
    agent: Ints  # who took it, -1 for nobody
    team: Ints  # of the queue
    offered: Ints
    course: Course


def draw_calls(plan: Plan, chunk: Chunk, tickets: Tickets, staff: Staff) -> Calls:
    """A call per phone ticket, an eighth more that led to none, and about six of a hundred given up."""
    random = plan.random("telephony", chunk.number)
    row = np.flatnonzero(tickets.channel == PHONE)
    others, lost = max(1, len(row) // OTHERS), max(1, len(row) // GIVEN_UP)
    count = len(row) + others + lost
    is_lost = np.arange(count) >= len(row) + others
    wait = _spread(random, np.where(is_lost, PATIENCE_MEDIAN, ANSWER_MEDIAN), 0.9)
    offered = random.integers(chunk.start, chunk.end, count)
    before = tickets.created[row] - random.integers(20, 120, len(row)) - wait[: len(row)]
    offered[: len(row)] = np.maximum(before, chunk.start)
    if chunk.end > plan.horizon:
        offered[-1] = plan.horizon  # still in the queue when the data end
    on_duty = staff.on_duty(chunk)
    taken = on_duty[random.integers(0, len(on_duty), others)]
    agent = np.concatenate([tickets.agents[0][row], taken, np.full(lost, -1)])
    team = np.where(is_lost, choice(random, count, QUEUE_WEIGHTS), staff.team_at(agent, offered))
    visitor = random.integers(0, plan.customers, others + lost)
    course = _course(random, offered, wait, is_lost, plan.horizon)
    return Calls(
        number=chunk.first_ticket * 2 + np.arange(count),
        ticket=np.concatenate([row, np.full(others + lost, -1)]),
        customer=np.concatenate([tickets.customer[row], visitor]),
        is_recognised=(np.arange(count) < len(row)) | chance(random, count, 0.6),
        agent=np.where(course.answered < NEVER, agent, -1),
        team=team,
        offered=offered,
        course=course,
    )


def _course(random: Random, offered: Ints, wait: Ints, is_lost: Bools, horizon: int) -> Course:
    """What lies behind the end of the data has not happened: a call may wait, last or be worked on then."""
    count = len(offered)
    talk = _spread(random, np.full(count, 230), 0.6)
    hold = np.where(chance(random, count, 0.3), _spread(random, np.full(count, 40), 0.7), 0)
    wrap = _spread(random, np.full(count, 60), 0.5)
    left = offered + wait
    is_left = left <= horizon
    ended = np.where(is_lost, left, left + talk + hold)
    is_over = ended <= horizon
    has_talked = is_over & ~is_lost
    return Course(
        answered=np.where(is_left & ~is_lost, left, NEVER),
        abandoned=np.where(is_left & is_lost, left, NEVER),
        ended=np.where(is_over, ended, NEVER),
        wait=np.where(is_left, wait, -1),
        talk=np.where(has_talked, talk, -1),
        hold=np.where(has_talked, hold, -1),
        wrap=np.where(has_talked & (ended + wrap <= horizon), wrap, -1),
    )


def _spread(random: Random, median: Ints, sigma: float) -> Ints:
    """Log-normal whole seconds around a median."""
    return np.asarray(np.rint(median * np.exp(random.normal(0, sigma, len(median))))).astype(np.int64)


def deliver_calls(chunk: Chunk, calls: Calls, tickets: Tickets, delivery: Delivery) -> None:
    """Append the chunk to its month's file."""
    course, number = calls.course, tickets.number[calls.ticket]
    waited, talked, held, wrapped = (
        col.integers(span, span < 0) for span in (course.wait, course.talk, course.hold, course.wrap)
    )
    columns = {
        "call_id": col.ids("V", calls.number, 9),
        "queue": team_ids(calls.team),
        "agent": agent_ids(calls.agent),
        "customer": col.blank(customer_ids(calls.customer, number), ~calls.is_recognised),
        "caller_number": phones(np.where(calls.is_recognised, calls.customer, -1)),
        "ticket": ticket_ids(number, calls.ticket < 0),
        "offered": col.local(calls.offered),
        "answered": col.local(course.answered),
        "abandoned": col.local(course.abandoned),
        "ended": col.local(course.ended),
        "queue_seconds": waited,
        "talk_seconds": talked,
        "hold_seconds": held,
        "wrap_seconds": wrapped,
    }
    name = f"telephony/calls_{chunk.month}.csv"
    delivery.csv("telephony_calls", name, columns, encoding="utf-8", delimiter=";")
