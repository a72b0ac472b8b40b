"""Computes the KPIs of a delivered company again, ticket by ticket and in the plainest way."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from tests.demo.delivered import SHANGHAI, Company, Row
from tests.demo.recomputed_contact import recompute_contact
from tests.demo.recomputed_customers import recompute_customers
from tests.demo.recomputed_process import recompute_process

Key = tuple[str, str, str, str, str]  # KPI, scope type, scope key, grain, first day of the period
GRAINS: dict[str, Callable[[date], date]] = {
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
    "half_year": lambda day: date(day.year, 1 if day.month <= 6 else 7, 1),
    "year": lambda day: date(day.year, 1, 1),
}
CHANNELS = {
    "电话": "phone",
    "邮件": "email",
    "网页表单": "web_form",
    "在线客服": "web_chat",
    "小程序": "mini_program",
    "APP": "app",
    "社交媒体": "social",
    "即时通讯": "messaging",
    "视频": "video",
    "现场": "on_site",
    "门店": "shop",
    "社区": "community",
    "机器人": "bot",
    "MINI": "mini_program",
    "WEB": "web_form",
    "STORE": "shop",
}
LIVE = {"phone", "web_chat", "video", "on_site", "shop"}
BOT_TARGETS = {"1 - urgent": 120, "2 - general": 240, "3 - routine": 1440}
SECOND = timedelta(seconds=1)
CHINA = holidays.country_holidays("CN", years=range(2025, 2028))
Scopes = dict[str, str]


def works(day: date) -> bool:
    """Whether the office in Shanghai works on a day; the library is asked itself, not the seed."""
    return day in CHINA.weekend_workdays or (day.weekday() < 5 and day not in CHINA)


class Recomputed:
    """`parts` holds numerator, denominator and n; `values` every single duration, for percentiles."""

    def __init__(self, company: Company, zone: str) -> None:
        self.company, self.zone = company, ZoneInfo(zone)
        self.parts: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.values: dict[Key, list[int]] = defaultdict(list)
        self.until = max(ticket["created"] for ticket in company.tickets.values())
        self.scopes = {name: self._ticket_scopes(ticket) for name, ticket in company.tickets.items()}
        for name, ticket in company.tickets.items():
            if not ticket["exclusion"]:
                self._ticket(ticket, list(company.events[name].values()), self.scopes[name])
        for survey in company.surveys.values():
            self._survey(survey)
        for complaint in company.complaints.values():
            self._complaint(complaint)
        for name, review in company.reviews.items():
            self._review(review, company.items[name])
        self._orders()
        self._backlog()
        recompute_contact(self)
        recompute_customers(self, GRAINS)
        recompute_process(self)

    def day(self, at: datetime) -> date:
        return at.replace(tzinfo=ZoneInfo("UTC")).astimezone(self.zone).date()

    def add(self, kpi: str, scopes: Scopes, at: datetime, above: int, *, below: int = 1, n: int = 1) -> None:
        for key in self._keys(kpi, scopes, self.day(at)):
            self.parts[key] = [a + b for a, b in zip(self.parts[key], (above, below, n), strict=True)]

    def span(self, kpi: str, scopes: Scopes, at: datetime, seconds: int) -> None:
        self.add(kpi, scopes, at, seconds)
        for key in self._keys(kpi, scopes, self.day(at)):
            self.values[key].append(seconds)

    def _keys(self, kpi: str, scopes: Scopes, day: date) -> Iterable[Key]:
        for scope_type, scope in {"organisation": "all", **scopes}.items():
            for grain, first in GRAINS.items():
                yield kpi, scope_type, scope, grain, first(day).isoformat()

    def members(self, department: str | None, team: str | None, agent: str | None, channel: str) -> Scopes:
        named = {"department": department, "team": team, "agent": agent}
        return {
            **{kind: f"crm:{name}" if name else "unknown" for kind, name in named.items()},
            "channel": channel,
        }

    def _ticket_scopes(self, ticket: Row) -> Scopes:
        team = self.company.team(ticket["assignee"], ticket["resolved"] or ticket["created"])
        department = self.company.department_of.get(team or "")
        return self.members(department, team, ticket["assignee"], CHANNELS[ticket["channel"]])

    def _ticket(self, ticket: Row, events: list[Row], scopes: Scopes) -> None:
        created, resolved, closed = ticket["created"], ticket["resolved"], ticket["closed"]
        events.sort(key=lambda event: int(event["event_no"]))
        replies = [event["at"] for event in events if (event["event"], event["actor"]) == ("REPLY", "A")]
        in_time = [at for at in replies if at >= created]
        answered = min(in_time) if in_time else None
        agents = [event["agent_id"] for event in events if event["event"] == "ASSIGN"]
        reopened = any(event["event"] == "REOPEN" for event in events)
        self.add("resolution_rate", scopes, created, resolved is not None)
        self.add("complaint_rate", scopes, created, 0)
        moves = sum(a != b for a, b in pairwise(agents))
        self.add("transfers_per_ticket", scopes, created, moves)
        needs = ticket["needs_answer"] == "Y"
        if needs:
            self.add("response_rate", scopes, created, bool(replies))
        if resolved:
            self.add("reopen_rate", scopes, resolved, reopened)
            self.add("fcr_one_touch", scopes, resolved, len(replies) == 1 and not reopened)
        if answered:
            self.span("first_response_minutes", scopes, answered, (answered - created) // SECOND)
        is_measured = bool(resolved) and created <= resolved and not (closed and closed < resolved)
        if is_measured:
            self.span("resolution_minutes", scopes, resolved, (resolved - created) // SECOND)
        self._first_response_sla(ticket, events, scopes, answered)

    def _first_response_sla(
        self, ticket: Row, events: list[Row], scopes: Scopes, answered: datetime | None
    ) -> None:
        """The target is the channel's; the bot's follows from the priority when the answer was given."""
        if any(event["event"] == "EXEMPT" for event in events):
            return
        priority = ticket["priority"]
        for event in reversed(events):
            if event["event"] == "PRIORITY" and answered and event["at"] > answered:
                priority = event["from_value"]
        minutes = 20 if scopes["channel"] in LIVE else 120
        if scopes["channel"] == "bot":
            minutes = BOT_TARGETS[priority]
        due = ticket["created"] + timedelta(minutes=minutes)
        has_reply = any((event["event"], event["actor"]) == ("REPLY", "A") for event in events)
        is_due = ticket["needs_answer"] == "Y" and not has_reply and due <= self.until
        if answered or is_due:
            self.add("first_response_sla", scopes, due, answered is not None and answered <= due)

    def _survey(self, survey: Row) -> None:
        unknown = self.members(None, None, None, "unknown")
        scopes = self.scopes[survey["ticket"]] if survey["ticket"] else unknown
        received, score = survey["responded_at"], survey["score"]
        valid = received is not None and survey["flag"] is None
        self.add("survey_response_rate", scopes, survey["sent_at"], valid)
        if received:
            self.add("valid_feedback_rate", scopes, received, valid)
        if valid and survey["kind"] == "CSAT":
            self.add("csat_top2", scopes, received, score in (4, 5))
            self.add("csat_mean", scopes, received, score)
        if valid and survey["kind"] == "NPS":
            self.add("nps", scopes, received, 1 if score in (9, 10) else 0 if score in (7, 8) else -1)
            self.add("nps_promoters", scopes, received, score in (9, 10))
            self.add("nps_passives", scopes, received, score in (7, 8))
            self.add("nps_detractors", scopes, received, score in range(7))
        if valid and survey["kind"] in ("CALLBACK", "COMPLAINT_CSAT"):
            code = "followup_csat" if survey["kind"] == "CALLBACK" else "complaint_csat"
            self.add(code, scopes, received, score in (4, 5))
        solved = self.company.answers.get((survey["survey_id"], "solved"))
        if valid and solved is not None:
            self.add("resolved_disagreement", scopes, received, solved == 0)
        if valid:
            asked, answered = survey["items_asked"], survey["items_answered"]
            self.add("feedback_completeness", scopes, received, answered, below=asked)
        due, replied = survey["reply_due_at"], survey["replied_at"]
        if due and (replied or due <= self.until):
            self.add("feedback_answered_rate", scopes, due, bool(replied) and replied <= due)
        if valid and survey["kind"] == "CES":
            self.add("ces", scopes, received, score in (5, 6, 7))

    def _complaint(self, row: Row) -> None:
        scopes = self.members(row["department"], row["team"], row["agent"], CHANNELS[row["channel"]])
        received, resolved, responded = row["received"], row["resolved"], row["responded"]
        self.add("complaint_rate", scopes, received, 1, below=0, n=0)
        for hours in (24, 72):
            within = resolved is not None and resolved - received <= timedelta(hours=hours)
            self.add(f"complaint_within_{hours}h", scopes, received, within)
        if resolved:
            self.span("complaint_handling_hours_bh", scopes, resolved, self._worked(received, resolved))
        day, due = (received + SHANGHAI).date() + timedelta(days=1), None
        while due is None:
            due = datetime.combine(day, time(18)) - SHANGHAI if works(day) else None
            day += timedelta(days=1)
        if row["acknowledged"] or due <= self.until:
            in_time = row["acknowledged"] is not None and row["acknowledged"] <= due
            self.add("complaint_ack_on_time", scopes, due, in_time)
        if closed := row["closed"]:
            self.add("complaint_closed_agreed", scopes, closed, row["agreed"] == "是")
            self.add("complaint_loop_closed", scopes, closed, len(self.company.stages[row["id"]]) == 8)
        first = min(other["received"] for other in self.company.complaints.values())
        days = timedelta(days=90)
        if received >= first + days:
            key = ("customer", "category")
            again = any(
                received - days <= other["received"] < received
                and [other[k] for k in key] == [row[k] for k in key]
                for other in self.company.complaints.values()
            )
            self.add("complaint_repeat_rate", scopes, received, again)
        if resolved:
            self.span("complaint_handling_hours", scopes, resolved, (resolved - received) // SECOND)
        if responded or row["promised"] <= self.until:
            in_time = responded is not None and responded <= row["promised"]
            self.add("complaint_timely", scopes, row["promised"], in_time)

    def _worked(self, start: datetime, end: datetime) -> int:
        """Walk through the days and cut each shift at both ends."""
        start, end, total = start + SHANGHAI, end + SHANGHAI, timedelta(0)
        for number in range((end.date() - start.date()).days + 1):
            day = start.date() + timedelta(days=number)
            for opens, closes in ((time(9), time(12)), (time(13, 30), time(18))) if works(day) else ():
                since = max(start, datetime.combine(day, opens))
                total += max(timedelta(0), min(end, datetime.combine(day, closes)) - since)
        return total // SECOND

    def _review(self, review: Row, items: list[Row]) -> None:
        team = self.company.team(review["agent_id"], review["at"])
        channel = self.scopes[review["ticket_id"]]["channel"]
        department = self.company.department_of.get(team or "")
        scopes = self.members(department, team, review["agent_id"], channel)
        rated = [item for item in items if item["score"] is not None]
        failed = any(item["critical_failed"] == "Y" for item in items)
        points = 0 if failed else sum(item["weight"] * item["score"] for item in rated)
        self.add("qa_score", scopes, review["at"], points, below=sum(item["weight"] for item in rated))

    def _orders(self) -> None:
        bought: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for order in self.company.orders.values():
            if order["status"] != "CANCELLED":
                channel = CHANNELS.get(order["channel"], "")
                for key in self._keys("repurchase_rate", {"channel": channel}, self.day(order["at"])):
                    bought[key][order["customer_id"]] += 1
        for key, persons in bought.items():
            again = sum(count >= 2 for count in persons.values())
            self.parts[key] = [again, len(persons), len(persons)]

    def _backlog(self) -> None:
        """Open at the end of every period with data: looked at ticket by ticket."""
        last = self.day(self.until)
        first = min(self.day(ticket["created"]) for ticket in self.company.tickets.values())
        days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
        for grain, first_day in GRAINS.items():
            for start in {first_day(day) for day in days}:
                end = max(day for day in days if first_day(day) == start)
                for name, ticket in self.company.tickets.items():
                    resolved = ticket["resolved"] and max(ticket["resolved"], ticket["created"])
                    is_open = self.day(ticket["created"]) <= end and not (
                        resolved and self.day(resolved) <= end
                    )
                    if is_open and not ticket["exclusion"]:
                        for kind, scope in {"organisation": "all", **self.scopes[name]}.items():
                            key = ("backlog_open", kind, scope, grain, start.isoformat())
                            self.parts[key] = [self.parts[key][0] + 1, 1, self.parts[key][0] + 1]

    def percentile(self, key: Key, share: Fraction) -> Fraction:
        """Linear interpolation between the two nearest ranks, in seconds."""
        values = sorted(self.values[key])
        position = share * (len(values) - 1)
        low = int(position)
        high = min(low + 1, len(values) - 1)
        return values[low] + (values[high] - values[low]) * (position - low)


def flat(kpis: dict[str, Any]) -> dict[Key, list[int]]:
    """The ground truth's nested parts by key."""
    return {
        (kpi, scope_type, scope, grain, start): parts
        for kpi, scope_types in kpis.items()
        for scope_type, scopes in scope_types.items()
        for scope, grains in scopes.items()
        for grain, periods in grains.items()
        for start, parts in periods.items()
    }
