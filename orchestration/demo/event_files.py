"""Delivers the CRM's ticket events of one chunk, by ticket and time."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo import columns as col
from orchestration.demo.numbers import agent_ids, team_ids, ticket_ids
from orchestration.demo.plan import NEVER, Chunk, Ints
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import EXEMPTION_LABELS, PAUSE_LABELS, ROUNDS, Tickets
from orchestration.demo.vocabulary import CHANNEL_LABELS, PRIORITY_LABELS
from orchestration.demo.writers import Delivery

# Stamp, event and actor, in the order that decides between equal stamps.
SLOTS = [
    ("created", "CREATE", "C"),
    ("bot_reply", "REPLY", "B"),
    ("acknowledged", "ACKNOWLEDGE", "S"),
    ("assigned", "ASSIGN", "S"),
    ("noted", "NOTE", "A"),
    ("answered", "REPLY", "A"),
    *((f"customer_{i}", "CUSTOMER_REPLY", "C") for i in range(ROUNDS)),
    *((f"reply_{i}", "REPLY", "A") for i in range(ROUNDS)),
    ("pending", "PENDING", "A"),
    ("resumed", "RESUME", "A"),
    ("reassigned_1", "ASSIGN", "S"),
    ("owner_changed", "OWNER", "S"),
    ("taken_1", "NOTE", "A"),
    ("taken_2", "NOTE", "A"),
    ("priority_changed", "PRIORITY", "A"),
    ("escalated", "ESCALATE", "A"),
    ("exempted", "EXEMPT", "S"),
    ("reassigned_2", "ASSIGN", "S"),
    ("assigned_again", "ASSIGN", "S"),
    ("resolved", "RESOLVE", "A"),
    ("reopened", "REOPEN", "C"),
    ("reply_after_reopen", "REPLY", "A"),
    ("resolved_again", "RESOLVE", "A"),
    ("closed", "CLOSE", "S"),
]
STAMPS, EVENTS, ACTORS = (list(words) for words in zip(*SLOTS, strict=True))
IS_ASSIGNMENT = np.array([event == "ASSIGN" for event in EVENTS])
IS_PRIORITY = np.array([event == "PRIORITY" for event in EVENTS])
HAS_AGENT = IS_ASSIGNMENT | np.array([actor == "A" for actor in ACTORS])
HAS_CHANNEL = np.isin(EVENTS, ["CREATE", "REPLY", "CUSTOMER_REPLY"])
REASSIGNED = [STAMPS.index("reassigned_1"), STAMPS.index("reassigned_2")]
OWNER_CHANGED = STAMPS.index("owner_changed")
ASSIGNED_AGAIN = STAMPS.index("assigned_again")
PENDING, EXEMPTED = STAMPS.index("pending"), STAMPS.index("exempted")


@dataclass
class _Events:
    """Events by column: row of the ticket, number in `SLOTS`, stamp."""

    row: Ints
    slot: Ints
    at: Ints


def deliver_events(chunk: Chunk, tickets: Tickets, staff: Staff, delivery: Delivery) -> None:
    """Append the chunk to its month's file."""
    events = _events(tickets)
    row, slot = events.row, events.slot
    holder = tickets.holder(events.at, row)
    agent = np.where(HAS_AGENT[slot], holder, -1)
    before, after = _changes(tickets, events, holder)
    firsts = np.searchsorted(row, np.arange(tickets.count))
    columns = {
        "ticket_id": ticket_ids(tickets.number[row]),
        "event_no": col.integers(np.arange(len(row)) - firsts[row] + 1),
        "at": col.local(events.at),
        "event": col.labels(EVENTS, slot),
        "actor": col.labels(ACTORS, slot),
        "agent_id": agent_ids(agent),
        "team_id": team_ids(staff.team_at(agent, events.at)),
        "channel": col.labels(CHANNEL_LABELS, np.where(HAS_CHANNEL[slot], tickets.channel[row], -1)),
        "from_value": before,
        "to_value": after,
    }
    delivery.csv("crm_ticket_events", f"crm/ticket_events_{chunk.month}.csv", columns)


def _events(tickets: Tickets) -> _Events:
    """All stamps that happened, sorted by ticket, time and slot."""
    found = [np.flatnonzero(tickets.stamps[name] < NEVER) for name in STAMPS]
    row = np.concatenate(found)
    slot = np.repeat(np.arange(len(SLOTS)), [len(rows) for rows in found])
    at = np.concatenate([tickets.stamps[name][rows] for name, rows in zip(STAMPS, found, strict=True)])
    order = np.lexsort((slot, at, row))
    return _Events(row[order], slot[order], at[order])


def _changes(tickets: Tickets, events: _Events, holder: Ints) -> tuple[pa.Array, pa.Array]:
    """What was and what became of it: agents, owners, priorities; the reason of a pause or an exemption."""
    row, slot = events.row, events.slot
    before = np.where(slot == ASSIGNED_AGAIN, holder, -1)
    for step, number in enumerate(REASSIGNED):
        before = np.where(slot == number, tickets.agents[step][row], before)
    after = np.where(IS_ASSIGNMENT[slot], holder, -1)
    is_owner = slot == OWNER_CHANGED
    before = np.where(is_owner, tickets.agents[0][row], before)
    after = np.where(is_owner, tickets.agents[1][row], after)
    old = np.where(IS_PRIORITY[slot], tickets.first_priority[row], -1)
    new = np.where(IS_PRIORITY[slot], tickets.priority[row], -1)
    pause = np.where(slot == PENDING, tickets.is_on_hold[row], -1)
    exemption = np.where(slot == EXEMPTED, tickets.exemption[row], -1)
    return (
        pc.coalesce(agent_ids(before), col.labels(PRIORITY_LABELS, old)),
        pc.coalesce(
            agent_ids(after),
            col.labels(PRIORITY_LABELS, new),
            col.labels(PAUSE_LABELS, pause),
            col.labels(EXEMPTION_LABELS, exemption),
        ),
    )
