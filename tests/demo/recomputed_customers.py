"""Recomputes who was an active customer when, and what is kept for customers, in the plainest way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.demo.delivered import Row, local

if TYPE_CHECKING:
    from tests.demo.recomputed import Recomputed

DAY = timedelta(days=1)
DAYS_ACTIVE = 180
Grains = dict[str, Callable[[date], date]]


class Base:
    """Which customers were active on a day."""

    def __init__(self, figures: Recomputed) -> None:
        company = figures.company
        self.day = figures.day
        self.customers = company.customers
        self.contacts: dict[str, set[date]] = defaultdict(set)
        asked = [(t["customer_id"], t["created"]) for t in company.tickets.values() if not t["exclusion"]]
        bought = [(o["customer_id"], o["at"]) for o in company.orders.values() if o["status"] != "CANCELLED"]
        complained = [(c["customer"], c["received"]) for c in company.complaints.values()]
        for customer, at in (*asked, *bought, *complained):
            if customer in self.customers:
                self.contacts[customer].add(figures.day(at))
        self.begins = min(min(days) for days in self.contacts.values())

    def on(self, day: date) -> set[str]:
        """The customers who were active on a day."""
        return {name for name in self.customers if day >= self.begins and self._is_active(name, day)}

    def _is_active(self, name: str, day: date) -> bool:
        for row in self.customers[name]:
            since = local(row["effective_from"])
            assert since is not None
            if row["active"] == "N" and self.day(since) <= day:
                return False
        contract = self.customers[name][0]
        if contract["contract_from"]:
            last = contract["contract_until"] or "9"
            return bool(contract["contract_from"] <= day.isoformat() <= last)
        return any(day - timedelta(days=DAYS_ACTIVE) <= at < day for at in self.contacts[name])


def recompute_customers(figures: Recomputed, grains: Grains) -> None:
    """Add to the figures the customer base, the contacts planned and the questions to departments."""
    base = Base(figures)
    last = figures.day(figures.until + timedelta(minutes=1)) - DAY
    days = [base.begins + timedelta(days=i) for i in range((last - base.begins).days + 1)]
    for grain, first in grains.items():
        for start in {first(day) for day in days} & set(days):
            end = start + DAY
            while first(end) == start and end <= last:
                end += DAY
            _period(figures, base, grain, start, end)
    for row in figures.company.planned:
        _planned(figures, row)
    for row in figures.company.questions:
        asked, due, answered = (local(row[name]) for name in ("asked", "due", "answered"))
        assert asked is not None and due is not None
        if answered or due <= figures.until:
            scopes = {"department": f"crm:{row['to_department']}"}
            in_time = answered is not None and answered <= due
            figures.add("department_reply_on_time", scopes, due, in_time)


def _period(figures: Recomputed, base: Base, grain: str, start: date, end: date) -> None:
    before, after = base.on(start), base.on(end)
    if not before:
        return
    here = ("organisation", "all", grain, start.isoformat())
    figures.parts["retention_rate", *here] = [len(before & after), len(before), len(before)]
    figures.parts["churn_rate", *here] = [len(before - after), len(before), len(before)]
    if start < base.begins + timedelta(days=DAYS_ACTIVE):
        return
    for kpi, stamps in {
        "orders_per_active_customer": [
            order["at"] for order in figures.company.orders.values() if order["status"] != "CANCELLED"
        ],
        "complaint_rate_customers": [row["received"] for row in figures.company.complaints.values()],
    }.items():
        count = sum(start <= figures.day(at) < end for at in stamps)
        figures.parts[kpi, *here] = [count, len(before), len(before)]


def _planned(figures: Recomputed, row: Row) -> None:
    due = date.fromisoformat(row["due_on"])
    if due > figures.day(figures.until):
        return
    team = figures.company.team(row["agent_id"], datetime(due.year, due.month, due.day))  # noqa: DTZ001 - UTC
    scopes = figures.members(figures.company.department_of.get(team or ""), team, row["agent_id"], "")
    del scopes["channel"]
    noon = datetime(due.year, due.month, due.day, 12)  # noqa: DTZ001 - UTC
    figures.add("contact_plan_done", scopes, noon, bool(row["done"]))
