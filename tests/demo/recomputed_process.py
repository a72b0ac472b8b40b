"""Computes the KPIs of the ticket process of a delivered company again, from headers and events."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from tests.demo.delivered import Row, local

WEEK = timedelta(days=7)
PARTS = {"request", "execution", "confirmation", "feedback", "change"}
ASKED = {"", "重复", "合并"}
Ask = tuple[datetime, str, Row | None]  # when, which ticket and its row; a call has neither


def recompute_process(recomputed: Any) -> None:
    """Add every counted ticket to the KPIs of `ticket_process`."""
    tickets = recomputed.company.tickets
    asked: dict[tuple[str, str], list[Ask]] = defaultdict(list)
    for name, ticket in tickets.items():
        if ticket["exclusion"] in ASKED:
            asked[ticket["customer_id"], ticket["topic"]].append((ticket["created"], name, ticket))
    for call in recomputed.company.calls:
        about = tickets.get(call["ticket"])
        if about and about["exclusion"] in ASKED:
            offered = local(call["offered"])
            assert offered is not None
            asked[about["customer_id"], about["topic"]].append((offered, "", None))
    for name, ticket in tickets.items():
        if not ticket["exclusion"]:
            events = sorted(recomputed.company.events[name].values(), key=lambda row: int(row["event_no"]))
            others = asked[ticket["customer_id"], ticket["topic"]]
            _intake(recomputed, name, ticket, events)
            _repeats(recomputed, name, ticket, events, others)
            if ticket["closed"]:
                _close(recomputed, name, ticket, events)


def _intake(recomputed: Any, name: str, ticket: Row, events: list[Row]) -> None:
    scopes, created = recomputed.scopes[name], ticket["created"]
    handled = min((event["at"] for event in events if event["actor"] == "A"), default=None)
    registered = local(ticket["registered"])
    if registered or handled:
        first = registered is not None and (handled is None or registered <= handled)
        recomputed.add("registered_before_handled", scopes, created, first)
    told = ticket["contact_on_file"] == ticket["description_on_file"] == "Y"
    named = all(ticket[column] for column in ("customer_id", "request_type", "assignee"))
    recomputed.add("record_complete_rate", scopes, created, told and named)
    escalated = any(event["event"] == "ESCALATE" for event in events)
    recomputed.add("escalation_rate", scopes, created, escalated)
    if ticket["service_error"]:
        recomputed.add("service_error_rate_tickets", scopes, created, ticket["service_error"] == "Y")


def _close(recomputed: Any, name: str, ticket: Row, events: list[Row]) -> None:
    scopes, closed = recomputed.scopes[name], ticket["closed"]
    parts = set(ticket["dossier"].split("|"))
    recomputed.add("dossier_complete_rate", scopes, closed, parts == PARTS)
    recomputed.add("completion_confirmed", scopes, closed, ticket["confirmed"] == "Y")
    followed = local(ticket["followed_up"])
    in_time = followed is not None and closed <= followed <= closed + WEEK
    recomputed.add("follow_up_rate", scopes, closed, in_time)
    if ticket["first_contact"]:
        moved = any(event["event"] == "OWNER" for event in events)
        kept = ticket["owner"] == ticket["first_contact"] and not moved
        recomputed.add("first_owner_kept", scopes, closed, kept)


def _repeats(
    recomputed: Any,
    name: str,
    ticket: Row,
    events: list[Row],
    others: list[Ask],
) -> None:
    scopes, created, resolved = recomputed.scopes[name], ticket["created"], ticket["resolved"]
    if resolved and resolved >= created:
        again = any(resolved < at <= resolved + WEEK for at, _, _ in others)
        since = None
        for event in events:
            if event["event"] == "RESOLVE":
                since = event["at"]
            elif event["event"] in ("REOPEN", "CUSTOMER_REPLY") and since:
                again |= event["at"] <= since + WEEK
        recomputed.add("fcr_no_repeat", scopes, resolved, not again)
    if ticket["agreed_switch"] == "N":
        switched = any(
            (created, name) < (at, other) and at <= created + WEEK
            for at, other, row in others
            if row and row["channel"] != ticket["channel"] and row["agreed_switch"] == "N"
        )
        recomputed.add("channel_switch_rate", scopes, created, switched)
