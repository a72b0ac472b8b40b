"""The clocks of one ticket, told from its events in plain steps; shares no code with the models."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tests.clocks.calendars_by_minute import MinuteCalendar

STATES = ("waiting_started", "waiting_ended", "resolved", "reopened", "closed")
URGENCY = {"urgent": "1 - urgent", "general": "2 - general", "routine": "3 - routine"}
Facts = dict[str, object]


@dataclass(frozen=True)
class Event:
    """Something that happened, at an epoch second."""

    at: int
    kind: str
    actor: str = "agent"
    before: str = ""
    after: str = ""


@dataclass
class Ticket:
    """A ticket as delivered; `events` are in the order of their numbers and of time."""

    number: str
    calendar: MinuteCalendar
    created: int
    request: str
    channel: str
    complexity: str
    first_priority: str
    needs_answer: bool
    events: list[Event] = field(default_factory=list)

    @property
    def priority(self) -> str:
        """The one in force at the end."""
        changes = [event.after for event in self.events if event.kind == "priority_changed"]
        return changes[-1] if changes else self.first_priority

    def priority_at(self, moment: int | None) -> str:
        """The one in force at a moment, a change in that second counting; at the end without a moment."""
        if moment is None:
            return self.priority
        known = self.first_priority
        for event in self.events:
            if event.kind == "priority_changed" and event.at <= moment:
                known = event.after
        return known

    def last(self, kind: str) -> int | None:
        """The stamp of the last event of a kind behind the last reopening."""
        found = None
        for event in self.events:
            if event.kind == "reopened":
                found = None
            elif event.kind == kind:
                found = event.at
        return found


@dataclass(frozen=True)
class Policy:
    """A row of the SLA matrix; empty keys fit everything."""

    policy_id: str
    since: date
    until: date | None = None
    request: str = ""
    channel: str = ""
    complexity: str = ""
    priority: str = ""
    first_response: int | None = None
    resolution: int | None = None
    acknowledgement: int | None = None
    clock: str = "calendar"


def choose(policies: list[Policy], ticket: Ticket, priority: str, target: str) -> Policy:
    """The row that sets a target: the most specific of those in force on the day of creation."""
    created_on = datetime.fromtimestamp(ticket.created, UTC).date()
    best, best_rank = None, (-1, -1, -1, -1)
    for row in policies:
        keys = [(row.request, ticket.request), (row.channel, ticket.channel)]
        keys += [(row.complexity, ticket.complexity), (row.priority, priority)]
        in_force = row.since <= created_on and (row.until is None or created_on < row.until)
        if not in_force or getattr(row, target) is None or any(key and key != own for key, own in keys):
            continue
        rank = (bool(keys[0][0]), bool(keys[1][0]), bool(keys[2][0]), bool(keys[3][0]))
        if rank > best_rank:
            best, best_rank = row, rank
    assert best is not None
    return best


def stopped(ticket: Ticket, clock_ends: int) -> dict[str, list[int]]:
    """Calendar and working seconds of the states in which nobody works on it."""
    sums = {"waiting_for_customer": [0, 0], "on_hold": [0, 0], "reopen_gap": [0, 0]}
    changes = [event for event in ticket.events if event.kind in STATES]
    for number, event in enumerate(changes):
        until = changes[number + 1].at if number + 1 < len(changes) else clock_ends
        start, end = max(event.at, ticket.created), min(until, clock_ends)
        if event.kind == "waiting_started":
            state = "on_hold" if event.after == "third_party" else "waiting_for_customer"
        elif event.kind in ("resolved", "closed"):
            state = "reopen_gap"
        else:
            continue
        sums[state][0] += max(end - start, 0)
        sums[state][1] += ticket.calendar.seconds(start, end)
    return sums


def replies(ticket: Ticket) -> list[tuple[int, int]]:
    """Every answered turn of the customer: from its first message to the agent's next reply."""
    turns, waits_since = [], ticket.created
    is_waiting = True
    for event in ticket.events:
        if event.kind == "replied" and event.actor == "agent":
            if is_waiting:
                turns.append((waits_since, event.at))
            is_waiting = False
        elif (
            event.kind == "customer_replied" or (event.kind == "reopened" and event.actor == "customer")
        ) and not is_waiting:
            is_waiting, waits_since = True, event.at
    return turns


def first_answer(ticket: Ticket) -> int | None:
    """The first public reply of a human."""
    answers = (event.at for event in ticket.events if (event.kind, event.actor) == ("replied", "agent"))
    return min(answers, default=None)


def judge(ticket: Ticket, policies: list[Policy], data_until: int) -> Facts:
    """What `fct_tickets` must say; stamps as epoch seconds."""
    calendar, created = ticket.calendar, ticket.created
    answered = first_answer(ticket)
    resolved, closed = ticket.last("resolved"), ticket.last("closed")
    clock_ends = resolved or closed or data_until
    stops = stopped(ticket, clock_ends)
    pauses = [stops["waiting_for_customer"][i] + stops["on_hold"][i] for i in (0, 1)]
    gaps = stops["reopen_gap"]
    turns = replies(ticket)
    facts: Facts = {
        "first_response_seconds": None if answered is None else answered - created,
        "first_response_business_seconds": None if answered is None else calendar.seconds(created, answered),
        "paused_seconds": pauses[0],
        "paused_business_seconds": pauses[1],
        "reopen_gap_seconds": gaps[0],
        "reopen_gap_business_seconds": gaps[1],
        "on_hold_seconds": stops["on_hold"][0],
        "on_hold_business_seconds": stops["on_hold"][1],
        "reply_count": len(turns) or None,
        "reply_seconds": sum(b - a for a, b in turns) if turns else None,
        "reply_business_seconds": sum(calendar.seconds(a, b) for a, b in turns) if turns else None,
        "resolution_seconds": None,
        "resolution_business_seconds": None,
        "resolution_net_seconds": None,
        "resolution_net_business_seconds": None,
        "customer_wait_business_seconds": None,
        "agent_work_seconds": None,
    }
    if resolved is not None:
        gross, worked = resolved - created, calendar.seconds(created, resolved)
        facts["resolution_seconds"], facts["resolution_business_seconds"] = gross, worked
        facts["resolution_net_seconds"] = gross - pauses[0] - gaps[0]
        facts["resolution_net_business_seconds"] = worked - pauses[1] - gaps[1]
        facts["customer_wait_business_seconds"] = worked - stops["waiting_for_customer"][1] - gaps[1]
        facts["agent_work_seconds"] = gross - pauses[0] - gaps[0]
    if not ticket.events:
        for name in ("on_hold", "on_hold_business", "customer_wait_business", "agent_work"):
            facts[f"{name}_seconds"] = None  # a header does not say who waited
    return facts | service_levels(ticket, policies, data_until, facts)


def service_levels(
    ticket: Ticket,
    policies: list[Policy],
    data_until: int,
    facts: Facts,
) -> Facts:
    """Due times, and whether they apply and were met."""
    calendar, created = ticket.calendar, ticket.created
    answered, resolved = first_answer(ticket), ticket.last("resolved")
    is_exempted = any(event.kind == "exempted" for event in ticket.events)
    row = choose(policies, ticket, ticket.priority_at(answered), "first_response")
    target = 60 * (row.first_response or 0)
    response_due = created + target if row.clock == "calendar" else calendar.after(created, target)
    response_applies = answered is not None or (ticket.needs_answer and response_due <= data_until)
    used = facts["first_response_seconds" if row.clock == "calendar" else "first_response_business_seconds"]
    response_met = isinstance(used, int) and used <= target

    row = choose(policies, ticket, ticket.priority_at(resolved), "resolution")
    kind = "" if row.clock == "calendar" else "business_"
    target = 60 * (row.resolution or 0)
    more = sum(int(str(facts[f"{name}_{kind}seconds"])) for name in ("paused", "reopen_gap"))
    resolution_due = created + target + more
    if row.clock == "business":
        resolution_due = calendar.after(created, target + more)
    is_open = ticket.last("closed") is None
    resolution_applies = resolved is not None or (is_open and resolution_due <= data_until)
    used = facts[f"resolution_net_{kind}seconds"]
    resolution_met = isinstance(used, int) and used <= target

    days = choose(policies, ticket, ticket.priority_at(answered), "acknowledgement").acknowledgement or 0
    receipts = [event.at for event in ticket.events if event.kind == "acknowledged"]
    acknowledged = min([*receipts[:1], *([answered] if answered is not None else [])], default=None)
    acknowledgement_due = calendar.closing(created, days)
    acknowledgement_applies = acknowledged is not None or acknowledgement_due <= data_until
    return {
        "first_response_due_at": response_due,
        "resolution_due_at": resolution_due,
        "acknowledgement_due_at": acknowledgement_due,
        "is_first_response_sla_applicable": response_applies and not is_exempted,
        "is_first_response_sla_met": response_applies and not is_exempted and response_met,
        "is_resolution_sla_applicable": resolution_applies and not is_exempted,
        "is_resolution_sla_met": resolution_applies and not is_exempted and resolution_met,
        "is_acknowledgement_applicable": acknowledgement_applies and not is_exempted,
        "is_acknowledged_on_time": (
            acknowledgement_applies
            and not is_exempted
            and acknowledged is not None
            and acknowledged <= acknowledgement_due
        ),
    }
