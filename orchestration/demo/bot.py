"""Draws and delivers the chat bot's sessions of one chunk, as JSON lines with UTC stamps."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo import columns as col
from orchestration.demo.numbers import customer_ids, ticket_ids
from orchestration.demo.plan import DAY, HOUR, NEVER, Bools, Chunk, Ints, Plan
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import TOPICS, WITH_PERSONAL
from orchestration.demo.writers import Delivery

TICKETS_PER_SESSION = 7  # of the sessions that stay without a ticket
HANDED_OVER_AFTER = 90  # seconds
MESSAGES = ["谢谢", "转人工", "不是这个问题", "agent please", "ok thanks", "", *WITH_PERSONAL[2:4]]
NOT_HELPED = 5  # every fifth of those without a ticket is of somebody who asks a human later
LATEST_RETURN = 4 * DAY


@dataclass
class Sessions:
    """Sessions by column; `ticket` is the row of the ticket that a human took over with, -1 for none."""

    number: Ints
    ticket: Ints
    customer: Ints
    customer_of: Ints  # number of the ticket that names a customer whom no file knows
    is_known: Bools
    topic: Ints
    started: Ints
    ended: Ints


def draw_sessions(plan: Plan, chunk: Chunk, tickets: Tickets) -> Sessions:
    """A session per ticket that the bot answered first, and others that ended with the bot."""
    random = plan.random("bot", chunk.number)
    from_ticket = np.flatnonzero(tickets.stamps["bot_reply"] < NEVER)
    alone = max(1, tickets.count // TICKETS_PER_SESSION)
    quiet = np.sort(random.integers(chunk.start, chunk.end - HOUR, alone))
    if chunk.end > plan.horizon:
        quiet[-1] = plan.horizon
    row = np.concatenate([from_ticket, np.full(alone, -1)])
    handed, count = row >= 0, len(row)
    started = np.concatenate([tickets.created[from_ticket] - HANDED_OVER_AFTER, quiet])
    ended = started + np.where(handed, HANDED_OVER_AFTER, random.integers(20, 600, count))
    number = chunk.first_ticket * 2 + np.arange(count)
    visitor = random.integers(0, plan.customers, count)
    sessions = Sessions(
        number=number,
        ticket=row,
        customer=np.where(handed, tickets.customer[row], visitor),
        customer_of=tickets.number[row],
        is_known=handed | (number % 3 == 0),
        topic=np.where(handed, tickets.topic[row], number % len(TOPICS)),
        started=started,
        ended=ended,
    )
    _come_back(plan, chunk, tickets, sessions)
    sessions.ended = np.where(sessions.ended <= plan.horizon, sessions.ended, NEVER)
    return sessions


def _come_back(plan: Plan, chunk: Chunk, tickets: Tickets, sessions: Sessions) -> None:
    """Some sessions are of customers who have a ticket on the topic hours or days later."""
    random = plan.random("bot_returns", chunk.number)
    alone = np.flatnonzero(sessions.ticket < 0)[:-1]
    back = alone[::NOT_HELPED]
    row = random.integers(0, tickets.count, len(back))
    before = tickets.created[row] - random.integers(HOUR, LATEST_RETURN, len(back))
    lasted = sessions.ended[back] - sessions.started[back]
    sessions.started[back] = np.maximum(before, chunk.start)
    sessions.ended[back] = sessions.started[back] + lasted
    sessions.customer[back], sessions.topic[back] = tickets.customer[row], tickets.topic[row]
    sessions.customer_of[back], sessions.is_known[back] = tickets.number[row], True


def deliver_sessions(
    plan: Plan, chunk: Chunk, sessions: Sessions, tickets: Tickets, delivery: Delivery
) -> None:
    """Append the chunk to its month's file."""
    random = plan.random("bot_messages", chunk.number)
    handed, count = sessions.ticket >= 0, len(sessions.number)
    customer = customer_ids(sessions.customer, sessions.customer_of)
    columns = {
        "session_id": col.ids("B", sessions.number, 9),
        "customer": col.blank(customer, ~sessions.is_known),
        "ticket": ticket_ids(tickets.number[sessions.ticket], ~handed),
        "topic": col.labels(TOPICS, sessions.topic),
        "started_at": col.zulu(sessions.started),
        "ended_at": col.zulu(sessions.ended),
        "handed_over": pa.array(handed),
        "last_message": col.labels(MESSAGES, random.integers(0, len(MESSAGES), count)),
    }
    delivery.json_lines("bot_bot_sessions", f"bot/bot_sessions_{chunk.month}.jsonl", columns)
