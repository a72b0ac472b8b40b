"""Counts who was an active customer when, who was lost, and what came per active customer, for the truth."""

from collections.abc import Iterator

import numpy as np

from orchestration.demo.complaints import Complaints
from orchestration.demo.cube import Cube, Parts, Scopes
from orchestration.demo.customers import Customers, PlannedContacts
from orchestration.demo.periods import GRAINS
from orchestration.demo.plan import DAY, NEVER, SHANGHAI, Bools, Ints, Plan
from orchestration.demo.questions import Questions
from orchestration.demo.scope_truth import OF_CUSTOMER
from orchestration.demo.shop import CANCELLED, Orders
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import DEPARTMENT_OF_TEAM

STAYS_ACTIVE = 180  # days after an order or contact, for customers without a contract
SCOPES = {
    "contact_plan_done": ("organisation", "department", "team", "agent", *OF_CUSTOMER),
    "department_reply_on_time": ("organisation", "department"),
}
BLOCK = 20_000  # customers at a time


class CustomerTruth:
    """Days on which each customer ordered or made contact; one row per contact."""

    def __init__(self, cube: Cube, plan: Plan, customers: Customers) -> None:
        """No contact yet."""
        self.cube, self.customers, self.horizon = cube, customers, plan.horizon
        self.first = (cube.calendar.first.toordinal() - 719_163) * DAY  # 1970-01-01 is day 719,163
        self.last_complete = int(cube.calendar.day(np.array([plan.horizon + 60]))[0]) - 1
        self._contacts: list[Ints] = []

    def add(self, tickets: Tickets, complaints: Complaints, of_complaints: Scopes, orders: Orders) -> None:
        """Add the contacts of one chunk; and orders and complaints by their customers' scopes."""
        bought, asked = orders.status != CANCELLED, tickets.exclusion == 0
        received = complaints.stamps["received"]
        for customer, stamps in (
            (orders.customer[bought], orders.ordered[bought]),
            (tickets.customer[asked], tickets.created[asked]),
            (complaints.customer, received),
        ):
            known = customer >= 0
            rows = np.stack([customer[known], self.cube.calendar.day(stamps[known])])
            self._contacts.append(rows.astype(np.int32))
        of_orders = self.customers.at(orders.customer, orders.ordered)
        self._count("_orders", of_orders, orders.ordered, bought)
        complained = {name: of_complaints.of(name) for name in OF_CUSTOMER}
        self._count("_complaints", complained, received, received < NEVER)

    def add_planned_contacts(self, contacts: PlannedContacts, staff: Staff) -> None:
        """A contact stands in the team of its agent on the day that it is due, in Shanghai."""
        due_on = (contacts.due + SHANGHAI) // DAY * DAY
        noon = due_on + DAY // 2  # the same date in every zone that reports
        team = staff.team_at(contacts.agent, due_on)
        of_customers = self.customers.at(contacts.customer, due_on)
        nowhere = np.full(len(team), -1)
        scopes = Scopes(DEPARTMENT_OF_TEAM[team], team, contacts.agent, nowhere, of_customers)
        is_due = self.cube.calendar.day(noon) <= self.cube.calendar.last_data_day
        done = contacts.done < NEVER
        self.cube.add("_contact_plan_done", scopes, noon, done, is_due)

    def add_questions(self, questions: Questions) -> None:
        """The department asked answers for it."""
        nobody = np.full(len(questions.number), -1)
        scopes = Scopes(questions.asked, nobody, nobody, nobody)
        due, answered = questions.due_at, questions.answered_at
        is_due = (answered < NEVER) | (due <= self.horizon)
        self.cube.add("_department_reply_on_time", scopes, due, answered <= due, is_due)

    def _count(self, name: str, scopes: dict[str, Ints], stamps: Ints, rows: Bools) -> None:
        nobody = np.full(len(stamps), -1)
        self.cube.add_above(name, Scopes(nobody, nobody, nobody, nobody, scopes), stamps, rows)

    def parts(self) -> dict[str, Parts]:
        """The parts of all KPIs of the customer base."""
        contacts = np.concatenate(self._contacts, axis=1)
        contacts = contacts[:, np.argsort(contacts[0], kind="stable")]
        begins = int(contacts[1].min())
        sums: dict[tuple[str, str], Ints] = {}
        for first in range(0, len(self.customers.changed), BLOCK):
            some = np.arange(first, min(first + BLOCK, len(self.customers.changed)))
            low, high = np.searchsorted(contacts[0], [first, first + BLOCK])
            active = self._active(some, contacts[:, low:high], begins)
            for grain in GRAINS:
                for scope_type, found in self._by_scope(some, active, grain):
                    key = (scope_type, grain)
                    sums[key] = sums[key] + found if key in sums else found
        return self._told(sums, begins) | {
            code: {scope_type: self.cube.parts(f"_{code}")[scope_type] for scope_type in scope_types}
            for code, scope_types in SCOPES.items()
        }

    def _active(self, some: Ints, contacts: Ints, begins: int) -> Bools:
        """Customer by day: active or not, as the rule says."""
        days = np.arange(len(self.cube.calendar.days))
        seen = np.zeros((len(some), len(days) + 1), dtype=np.int16)
        np.add.at(seen, (contacts[0] - some[0], contacts[1] + 1), 1)
        before = np.cumsum(seen, axis=1)[:, :-1]  # contacts before each day
        is_recent = before > before[:, np.maximum(days - STAYS_ACTIVE, 0)]
        since, until = (
            (stamps[some, None] + SHANGHAI - self.first) // DAY
            for stamps in (self.customers.contract_from, self.customers.contract_until)
        )
        has_contract = self.customers.contract_from[some, None] < NEVER
        is_active = np.where(has_contract, (since <= days) & (days <= until), is_recent)
        given_up = self.customers.given_up[some]
        left = np.where(given_up < NEVER, self._day(given_up), len(days))
        return np.asarray(is_active & (days < left[:, None]) & (days >= begins))

    def _day(self, stamps: Ints) -> Ints:
        return self.cube.calendar.day(np.where(stamps < NEVER, stamps, self.first + DAY))

    def _by_scope(self, some: Ints, active: Bools, grain: str) -> Iterator[tuple[str, Ints]]:
        """Per scope type kept and base, by (part, member, period)."""
        starts, ends, _ = self._periods(grain)
        base, kept = active[:, starts], active[:, starts] & active[:, ends]
        changed = self.customers.changed[some]
        change_day = np.where(changed < NEVER, self._day(changed), len(self.cube.calendar.days))
        for scope_type in ("organisation", *OF_CUSTOMER):
            found = np.zeros((2, len(self.cube.members[scope_type]), len(starts)), dtype=np.int64)
            for number, start in enumerate(starts):
                stamps = np.where(change_day <= start, NEVER - 1, 0)
                codes = self.customers.at(some, stamps)
                member = codes[scope_type] if scope_type in codes else some * 0
                for part, rows in enumerate((kept, base)):
                    np.add.at(found[part, :, number], member[rows[:, number]], 1)
            yield scope_type, found

    def _periods(self, grain: str) -> tuple[Ints, Ints, list[str]]:
        """Periods that begin in the data: the day they begin, the day they are judged on, their name."""
        calendar = self.cube.calendar
        firsts, _ = calendar.periods(grain)
        offsets = np.array([(day - calendar.first).days for day in firsts])
        rows = np.flatnonzero((offsets[:-1] >= 0) & (offsets[:-1] <= self.last_complete))
        ends = np.minimum(offsets[rows + 1], self.last_complete + 1)
        return offsets[rows], ends, [firsts[row].isoformat() for row in rows]

    def _told(self, sums: dict[tuple[str, str], Ints], begins: int) -> dict[str, Parts]:
        told: dict[str, Parts] = {
            code: {}
            for code in (
                "retention_rate",
                "churn_rate",
                "orders_per_active_customer",
                "complaint_rate_customers",
            )
        }
        events = {name: self.cube.parts(name) for name in ("_orders", "_complaints")}
        for (scope_type, grain), (kept, base) in sums.items():
            starts, _, names = self._periods(grain)
            put = self.cube.put
            put(told["retention_rate"], scope_type, grain, names, np.stack([kept, base, base]))
            put(told["churn_rate"], scope_type, grain, names, np.stack([base - kept, base, base]))
            is_known = ~((starts >= begins) & (starts < begins + STAYS_ACTIVE))
            known = base * is_known
            for code, name in (
                ("orders_per_active_customer", "_orders"),
                ("complaint_rate_customers", "_complaints"),
            ):
                above = np.zeros_like(known)
                for member, key in enumerate(self.cube.members[scope_type]):
                    by_start = events[name].get(scope_type, {}).get(key, {}).get(grain, {})
                    above[member] = [by_start.get(start, [0])[0] for start in names]
                put(told[code], scope_type, grain, names, np.stack([above * (known > 0), known, known]))
        return told
