"""Delivers the chat bot's sessions of one chunk, as JSON lines with UTC stamps."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo import columns as col
from orchestration.demo.numbers import customer_ids, ticket_ids
from orchestration.demo.plan import HOUR, NEVER, Chunk, Plan
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import TOPICS, WITH_PERSONAL
from orchestration.demo.writers import Delivery

TICKETS_PER_SESSION = 7  # of the sessions that stay without a ticket
HANDED_OVER_AFTER = 90  # seconds
MESSAGES = ["谢谢", "转人工", "不是这个问题", "agent please", "ok thanks", "", *WITH_PERSONAL[2:4]]


def deliver_bot_sessions(plan: Plan, chunk: Chunk, tickets: Tickets, delivery: Delivery) -> None:
    """A session per ticket that the bot answered first, and others that ended with the bot."""
    random = plan.random("bot", chunk.number)
    from_ticket = np.flatnonzero(tickets.stamps["bot_reply"] < NEVER)
    alone = max(1, tickets.count // TICKETS_PER_SESSION)
    quiet = np.sort(random.integers(chunk.start, chunk.end - HOUR, alone))
    if chunk.end > plan.horizon:
        quiet[-1] = plan.horizon
    row = np.concatenate([from_ticket, np.full(alone, -1)])
    handed = row >= 0
    count = len(row)
    started = np.concatenate([tickets.created[from_ticket] - HANDED_OVER_AFTER, quiet])
    ended = started + np.where(handed, HANDED_OVER_AFTER, random.integers(20, 600, count))
    number = chunk.first_ticket * 2 + np.arange(count)
    visitor = random.integers(0, plan.customers, count)
    is_known = handed | (number % 3 == 0)
    customer = customer_ids(np.where(handed, tickets.customer[row], visitor), tickets.number[row])
    columns = {
        "session_id": col.ids("B", number, 9),
        "customer": pc.if_else(pa.array(is_known), customer, None),
        "ticket": ticket_ids(tickets.number[row], ~handed),
        "topic": col.labels(TOPICS, np.where(handed, tickets.topic[row], number % len(TOPICS))),
        "started_at": col.zulu(started),
        "ended_at": col.zulu(np.where(ended <= plan.horizon, ended, NEVER)),
        "handed_over": pa.array(handed),
        "last_message": col.labels(MESSAGES, random.integers(0, len(MESSAGES), count)),
    }
    delivery.json_lines("bot_bot_sessions", f"bot/bot_sessions_{chunk.month}.jsonl", columns)
