"""Delivers the CRM's tickets of one chunk: their headers and their events."""

import numpy as np
import pyarrow as pa

from orchestration.demo import columns as col
from orchestration.demo.plan import NEVER, Bools, Chunk, Ints, Plan
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import AGENT_REPLIES, ROUNDS, Tickets
from orchestration.demo.vocabulary import (
    ACTOR_LABELS,
    CHANNEL_LABELS,
    EVENT_LABELS,
    EXCLUSION_LABELS,
    PRIORITY_LABELS,
    REQUEST_LABELS,
    STATUS_LABELS,
    SUBJECTS_EN,
    SUBJECTS_ZH,
    TOPICS,
)
from orchestration.demo.writers import Delivery

UNKNOWN_CUSTOMER = 99_000_000  # customer numbers from here on are in no customer file
# Stamp, event and actor, in the order that decides between equal stamps.
SLOTS = [
    ("created", "CREATE", "C"), ("bot_reply", "REPLY", "B"), ("assigned", "ASSIGN", "S"), ("noted", "NOTE", "A"),
    ("first_reply", "REPLY", "A"),
    *((f"{name}_{i}", event, actor) for i in range(ROUNDS)
      for name, event, actor in (("customer", "CUSTOMER_REPLY", "C"), ("reply", "REPLY", "A"))),
    ("pending", "PENDING", "A"), ("resumed", "RESUME", "A"), ("reassigned_1", "ASSIGN", "S"), ("priority_changed", "PRIORITY", "A"),
    ("escalated", "ESCALATE", "A"), ("reassigned_2", "ASSIGN", "S"), ("assigned_again", "ASSIGN", "S"), ("resolved", "RESOLVE", "A"),
    ("reopened", "REOPEN", "C"), ("reply_after_reopen", "REPLY", "A"), ("resolved_again", "RESOLVE", "A"), ("closed", "CLOSE", "S"),
]  # fmt: skip
ASSIGN = EVENT_LABELS.index("ASSIGN")
PRIORITY = EVENT_LABELS.index("PRIORITY")
WITH_CHANNEL = [EVENT_LABELS.index(event) for event in ("CREATE", "REPLY", "CUSTOMER_REPLY")]


def customer_ids(customers: Ints, numbers: Ints) -> pa.Array:
    """Customer numbers; index -1 becomes a number that no customer has."""
    return col.ids("C", np.where(customers < 0, UNKNOWN_CUSTOMER + numbers % 1_000_000, customers + 1), 8)


def agent_ids(agents: Ints) -> pa.Array:
    """Agent numbers, null for -1."""
    return col.ids("A", agents + 1, 4, agents < 0)


def team_ids(teams: Ints) -> pa.Array:
    """Team numbers, null for -1."""
    return col.ids("T", teams + 1, 1, teams < 0)


def phones(customers: Ints) -> pa.Array:
    """A mobile number per customer index, never twice."""
    return col.ids("1", 3_500_000_000 + (np.maximum(customers, 0) * 7919 + 123_457) % 400_000_000, 10, customers < 0)


def ticket_header(plan: Plan, tickets: Tickets, staff: Staff) -> dict[str, pa.Array]:
    """The delivered columns of `tickets_*.csv`."""
    stamps, resolved, assignee = tickets.stamps, tickets.resolved, tickets.assignee
    is_waiting = (stamps["pending"] < NEVER) & (stamps["resumed"] == NEVER)
    status = np.where(stamps["closed"] < NEVER, 3, np.where(resolved < NEVER, 2, is_waiting.astype(np.int64)))
    known_until = np.max([np.where(at < NEVER, at, 0) for at in stamps.values()], axis=0)
    has_parent = np.isin(tickets.exclusion, (2, 3))
    pool = SUBJECTS_ZH + SUBJECTS_EN
    subject = np.where(tickets.is_chinese, tickets.number % len(SUBJECTS_ZH), len(SUBJECTS_ZH) + tickets.number % len(SUBJECTS_EN))
    return {
        "ticket_id": col.ids("T", tickets.number, 8),
        "customer_id": customer_ids(tickets.customer, tickets.number),
        "assignee": agent_ids(assignee),
        "team_id": team_ids(staff.team_at(assignee, np.where(resolved < NEVER, resolved, tickets.created))),
        "product_id": col.ids("P", tickets.product + 1, 2),
        "channel": col.labels(CHANNEL_LABELS, tickets.channel),
        "request_type": col.labels(REQUEST_LABELS, tickets.request),
        "priority": col.labels(PRIORITY_LABELS, tickets.priority),
        "topic": col.labels(TOPICS, tickets.topic),
        "language": col.yes_no(tickets.is_chinese, words=("en-US", "zh-CN")),
        "status": col.labels(STATUS_LABELS, status),
        "created": col.local(tickets.created),
        "first_reply": col.local(stamps["first_reply"]),
        "resolved": col.local(resolved),
        "closed": col.local(stamps["closed"]),
        "reopen_count": col.integers(tickets.counted("reopened")),
        "reassignment_count": col.integers(tickets.counted("reassigned_1", "reassigned_2")),
        "agent_replies": col.integers(tickets.counted(*AGENT_REPLIES)),
        "needs_answer": col.yes_no(tickets.needs_answer),
        "confirmed": col.yes_no(tickets.is_confirmed, stamps["closed"] == NEVER),
        "sla_met": col.yes_no(resolved - tickets.created <= 3 * 86400, resolved == NEVER),
        "exclusion": col.labels(EXCLUSION_LABELS, tickets.exclusion),
        "parent_ticket": col.ids("T", np.maximum(tickets.number - 7, 1), 8, ~has_parent),
        "subject": col.labels(pool, subject),
        "callback_phone": phones(np.where(tickets.number % 3 == 0, tickets.customer, -1)),
        "updated_at": col.local(np.minimum(known_until, plan.horizon)),
    }


def ticket_events(tickets: Tickets, staff: Staff) -> dict[str, pa.Array]:
    """The delivered columns of `ticket_events_*.csv`, by ticket and time."""
    names = [np.flatnonzero(tickets.stamps[name] < NEVER) for name, _, _ in SLOTS]
    row = np.concatenate(names)
    slot = np.repeat(np.arange(len(SLOTS)), [len(found) for found in names])
    at = np.concatenate([tickets.stamps[name][found] for (name, _, _), found in zip(SLOTS, names, strict=True)])
    order = np.lexsort((slot, at, row))
    row, slot, at = row[order], slot[order], at[order]
    event = np.array([EVENT_LABELS.index(event) for _, event, _ in SLOTS])[slot]
    actor = np.array([ACTOR_LABELS.index(actor) for _, _, actor in SLOTS])[slot]
    agent, before = _who(tickets, row, slot, at, event, actor)
    starts = np.searchsorted(row, np.arange(tickets.count))
    channel = np.where(np.isin(event, WITH_CHANNEL), tickets.channel[row], -1)
    from_value, to_value = _values(tickets, row, event, agent, before)
    return {
        "ticket_id": col.ids("T", tickets.number[row], 8),
        "event_no": col.integers(np.arange(len(row)) - starts[row] + 1),
        "at": col.local(at),
        "event": col.labels(EVENT_LABELS, event),
        "actor": col.labels(ACTOR_LABELS, actor),
        "agent_id": agent_ids(agent),
        "team_id": team_ids(staff.team_at(agent, at)),
        "channel": col.labels(CHANNEL_LABELS, channel),
        "from_value": from_value,
        "to_value": to_value,
    }


def _who(tickets: Tickets, row: Ints, slot: Ints, at: Ints, event: Ints, actor: Ints) -> tuple[Ints, Ints]:
    """The acting agent per event (-1 none), and for assignments the holder before."""
    names = [name for name, _, _ in SLOTS]
    by_row = {name: tickets.stamps[name][row] for name in ("assigned", "reassigned_1", "reassigned_2")}
    holder = np.where(by_row["assigned"] <= at, tickets.agents[0][row], -1)
    before = np.full(len(row), -1)
    for step in (1, 2):
        took_over = by_row[f"reassigned_{step}"] <= at
        before = np.where(slot == names.index(f"reassigned_{step}"), holder, before)
        holder = np.where(took_over, tickets.agents[step][row], holder)
    before = np.where(slot == names.index("assigned_again"), holder, before)
    acts: Bools = (actor == ACTOR_LABELS.index("A")) | (event == ASSIGN)
    return np.where(acts, holder, -1), before


def _values(tickets: Tickets, row: Ints, event: Ints, agent: Ints, before: Ints) -> tuple[pa.Array, pa.Array]:
    """What changed: the agent of an assignment, the priority of a change of priority."""
    import pyarrow.compute as pc

    is_priority = event == PRIORITY
    priority_from = col.labels(PRIORITY_LABELS, np.where(is_priority, tickets.first_priority[row], -1))
    priority_to = col.labels(PRIORITY_LABELS, np.where(is_priority, tickets.priority[row], -1))
    agent_from = agent_ids(np.where(event == ASSIGN, before, -1))
    agent_to = agent_ids(np.where(event == ASSIGN, agent, -1))
    return pc.coalesce(agent_from, priority_from), pc.coalesce(agent_to, priority_to)


def deliver_tickets(plan: Plan, chunk: Chunk, tickets: Tickets, staff: Staff, delivery: Delivery) -> None:
    """Append the chunk to its month's two files."""
    delivery.csv("crm_tickets", f"crm/tickets_{chunk.month}.csv", ticket_header(plan, tickets, staff))
    delivery.csv("crm_ticket_events", f"crm/ticket_events_{chunk.month}.csv", ticket_events(tickets, staff))
