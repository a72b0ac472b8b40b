"""Delivers the CRM's ticket headers of one chunk: their state at the end of the export."""

import numpy as np
import pyarrow as pa

from orchestration.demo import columns as col
from orchestration.demo.conduct import DOSSIER_LABELS
from orchestration.demo.numbers import agent_ids, customer_ids, phones, product_ids, team_ids, ticket_ids
from orchestration.demo.plan import DAY, NEVER, Chunk, Plan
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import AGENT_REPLIES, COMPLEXITY_LABELS, Tickets
from orchestration.demo.vocabulary import (
    CHANNEL_LABELS,
    EXCLUSION_LABELS,
    PRIORITY_LABELS,
    REQUEST_LABELS,
    STATUS_LABELS,
    SUBJECTS_EN,
    SUBJECTS_ZH,
    TOPICS,
    WITH_PERSONAL,
)
from orchestration.demo.writers import Delivery

WITH_PARENT = [EXCLUSION_LABELS.index(label) for label in ("重复", "合并")]
CHINESE = [*SUBJECTS_ZH, WITH_PERSONAL[0]]
ENGLISH = [*SUBJECTS_EN, WITH_PERSONAL[2]]

DOSSIERS = [
    "|".join(label for bit, label in enumerate(DOSSIER_LABELS) if mask >> bit & 1)
    for mask in range(1 << len(DOSSIER_LABELS))
]


def deliver_headers(plan: Plan, chunk: Chunk, tickets: Tickets, staff: Staff, delivery: Delivery) -> None:
    """Append the chunk to its month's file."""
    columns = _request(tickets) | _handling(tickets, staff) | _counts(tickets) | _end(plan, tickets)
    columns |= _conduct(tickets)
    delivery.csv("crm_tickets", f"crm/tickets_{chunk.month}.csv", columns)


def _request(tickets: Tickets) -> dict[str, pa.Array]:
    """Who asked what, and how to reach them."""
    chinese = tickets.number % len(CHINESE)
    english = len(CHINESE) + tickets.number % len(ENGLISH)
    wants_call = tickets.number % 3 == 0
    return {
        "ticket_id": ticket_ids(tickets.number),
        "customer_id": customer_ids(tickets.customer, tickets.number),
        "product_id": product_ids(tickets.product),
        "channel": col.labels(CHANNEL_LABELS, tickets.channel),
        "request_type": col.labels(REQUEST_LABELS, tickets.request),
        "priority": col.labels(PRIORITY_LABELS, tickets.priority),
        "topic": col.labels(TOPICS, tickets.topic),
        "complexity": col.labels(COMPLEXITY_LABELS, tickets.complexity),
        "language": col.yes_no(tickets.is_chinese, words=("en-US", "zh-CN")),
        "subject": col.labels(CHINESE + ENGLISH, np.where(tickets.is_chinese, chinese, english)),
        "callback_phone": phones(np.where(wants_call, tickets.customer, -1)),
    }


def _handling(tickets: Tickets, staff: Staff) -> dict[str, pa.Array]:
    """Who has it, in which state, and the stamps."""
    stamps, resolved = tickets.stamps, tickets.resolved
    is_waiting = (stamps["pending"] < NEVER) & (stamps["resumed"] == NEVER)
    status = np.where(resolved < NEVER, 2, is_waiting)
    handled = np.where(resolved < NEVER, resolved, tickets.created)
    return {
        "assignee": agent_ids(tickets.assignee),
        "team_id": team_ids(staff.team_at(tickets.assignee, handled)),
        "status": col.labels(STATUS_LABELS, np.where(stamps["closed"] < NEVER, 3, status)),
        "created": col.local(tickets.created),
        "first_reply": col.local(tickets.first_reply),
        "resolved": col.local(resolved),
        "closed": col.local(stamps["closed"]),
    }


def _counts(tickets: Tickets) -> dict[str, pa.Array]:
    return {
        "reopen_count": col.integers(tickets.counted("reopened")),
        "reassignment_count": col.integers(tickets.counted("reassigned_1", "reassigned_2")),
        "agent_replies": col.integers(tickets.counted(*AGENT_REPLIES)),
    }


def _conduct(tickets: Tickets) -> dict[str, pa.Array]:
    """Registration, owners, what record and dossier hold, and what was found after the resolution."""
    stamps, conduct = tickets.stamps, tickets.conduct
    first = np.where(stamps["assigned"] < NEVER, tickets.agents[0], -1)
    owner = np.where(stamps["owner_changed"] < NEVER, tickets.agents[1], first)
    is_open = stamps["closed"] == NEVER
    return {
        "registered": col.local(stamps["registered"]),
        "first_contact": agent_ids(first),
        "owner": agent_ids(owner),
        "contact_on_file": col.yes_no(conduct.has_contact),
        "description_on_file": col.yes_no(conduct.has_description),
        "dossier": col.labels(DOSSIERS, np.where(is_open, -1, conduct.dossier)),
        "service_error": col.yes_no(conduct.has_error, tickets.resolved == NEVER),
        "agreed_switch": col.yes_no(conduct.is_agreed_switch),
        "followed_up": col.local(stamps["followed_up"]),
    }


def _end(plan: Plan, tickets: Tickets) -> dict[str, pa.Array]:
    """Confirmation, the CRM's own verdict (three days for everything), exclusion, and the last change."""
    stamps, resolved = tickets.stamps, tickets.resolved
    last = np.max([np.where(at < NEVER, at, 0) for at in stamps.values()], axis=0)
    has_parent = np.isin(tickets.exclusion, WITH_PARENT)
    return {
        "needs_answer": col.yes_no(tickets.needs_answer),
        "confirmed": col.yes_no(tickets.is_confirmed, stamps["closed"] == NEVER),
        "sla_met": col.yes_no(resolved - tickets.created <= 3 * DAY, resolved == NEVER),
        "exclusion": col.labels(EXCLUSION_LABELS, tickets.exclusion),
        "parent_ticket": ticket_ids(np.maximum(tickets.number - 7, 1), ~has_parent),
        "updated_at": col.local(np.minimum(last, plan.horizon)),
    }
