"""Counts how the tickets of one chunk were conducted, for the ground truth."""

import numpy as np

from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.plan import DAY, NEVER
from orchestration.demo.tickets import AGENT_REPLIES, Tickets

AGENT_ACTS = [
    *AGENT_REPLIES,
    *(
        "noted",
        "taken_1",
        "taken_2",
        "pending",
        "resumed",
        "priority_changed",
        "escalated",
        "resolved",
        "resolved_again",
    ),
]
ALL_PARTS = 0b11111
FOLLOW_UP = 7 * DAY


def count_conduct(cube: Cube, scopes: Scopes, tickets: Tickets) -> None:
    """Add the tickets to the KPIs of registration, record, dossier, owner, confirmation and errors."""
    stamps, conduct, created = tickets.stamps, tickets.conduct, tickets.created
    counts = tickets.exclusion == 0
    registered, closed = stamps["registered"], stamps["closed"]
    handled = np.min([stamps[name] for name in AGENT_ACTS], axis=0)
    first = (registered < NEVER) & (registered <= handled)
    taken_in = counts & ((registered < NEVER) | (handled < NEVER))
    cube.add("registered_before_handled", scopes, created, first, taken_in)
    whole = conduct.has_contact & conduct.has_description & (tickets.assignee >= 0)
    cube.add("record_complete_rate", scopes, created, whole, counts)
    cube.add("escalation_rate", scopes, created, stamps["escalated"] < NEVER, counts)
    judged = counts & (tickets.resolved < NEVER)
    cube.add("service_error_rate_tickets", scopes, created, conduct.has_error, judged)
    ended = counts & (closed < NEVER)
    cube.add("dossier_complete_rate", scopes, closed, conduct.dossier == ALL_PARTS, ended)
    cube.add("completion_confirmed", scopes, closed, tickets.is_confirmed, ended)
    owned = ended & (stamps["assigned"] < NEVER)
    cube.add("first_owner_kept", scopes, closed, stamps["owner_changed"] == NEVER, owned)
    after = stamps["followed_up"] - closed
    cube.add("follow_up_rate", scopes, closed, (after >= 0) & (after <= FOLLOW_UP), ended)
