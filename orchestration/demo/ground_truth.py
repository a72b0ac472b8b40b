"""Computes what the warehouse must say about the demo company, counted plainly from its arrays."""

from typing import Any

import numpy as np

from orchestration.demo.answers import Answers
from orchestration.demo.clock_truth import WorkingTimes
from orchestration.demo.complaints import Complaints
from orchestration.demo.contact_truth import ContactTruth
from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.customer_truth import CustomerTruth
from orchestration.demo.customers import Customers
from orchestration.demo.dirt import Dirt
from orchestration.demo.distributions import Persons, Spans
from orchestration.demo.feedback import Surveys
from orchestration.demo.inspections import Reviews
from orchestration.demo.management_truth import ManagementTruth
from orchestration.demo.operations import Operations
from orchestration.demo.periods import Calendar
from orchestration.demo.plan import NEVER, Plan
from orchestration.demo.process_truth import ProcessTruth
from orchestration.demo.scope_truth import ScopeTruth
from orchestration.demo.shop import CANCELLED, ORDER_CHANNELS, Orders
from orchestration.demo.staff import Staff
from orchestration.demo.stages import Stages
from orchestration.demo.ticket_truth import TicketTruth
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import CHANNEL_CODES
from orchestration.demo.voice_truth import Repeats, count_complaints, count_surveys, share_parts
from orchestration.demo.workforce import Roster

PERCENTILE_TICKETS = 250_000  # larger companies get no percentiles: those need every single duration
PERCENTILES = {"p50": 5, "p90": 9}  # tenths
UNITS = {  # seconds
    "first_response_minutes": 60,
    "resolution_minutes": 60,
    "first_response_minutes_bh": 60,
    "resolution_minutes_bh": 60,
    "complaint_handling_hours": 3600,
    "complaint_handling_hours_bh": 3600,
}


class GroundTruth:
    """Sums of all chunks; `document` tells them."""

    def __init__(self, plan: Plan, staff: Staff, customers: Customers, reporting_time_zone: str) -> None:
        """Nothing added yet; periods are cut in the reporting zone."""
        self.plan, self.staff, self.customers, self.time_zone = plan, staff, customers, reporting_time_zone
        self.cube = Cube(Calendar(plan, reporting_time_zone), staff.count)
        self.management = ManagementTruth(plan, staff, self.cube)
        codes = UNITS if plan.tickets <= PERCENTILE_TICKETS else {}
        self.spans = {code: Spans(self.cube) for code in codes}
        self.base = CustomerTruth(self.cube, plan, customers)
        self.repeats, self.times = Repeats(), WorkingTimes(plan)
        self.process = ProcessTruth(plan, staff, self.cube, keeps_rows=bool(codes))
        self.contact = ContactTruth(self.cube, staff, customers, self.process.asked_again)
        self.persons = Persons(self.cube, [CHANNEL_CODES.index(code) for code in ORDER_CHANNELS])

    def add(
        self,
        tickets: Tickets,
        *,
        complaints: Complaints,
        surveys: Surveys,
        answers: Answers,
        orders: Orders,
        reviews: Reviews,
    ) -> None:
        """Add one chunk."""
        scopes = ScopeTruth(tickets, self.staff, self.customers)
        truth = TicketTruth(self.plan, tickets, scopes.of_tickets, self.times)
        of_complaints = scopes.of_complaints(complaints)
        truth.count_into(self.cube)
        count_surveys(self.cube, surveys, answers, scopes.of_surveys(surveys), self.plan.horizon)
        self.management.add(tickets)
        count_complaints(self.cube, complaints, of_complaints, self.times.office, self.plan.horizon)
        self.repeats.add(complaints, of_complaints)
        self.base.add(tickets, complaints, of_complaints, orders)
        self.contact.add(tickets, surveys, reviews, scopes)
        bought = orders.status != CANCELLED
        self.persons.add(orders.customer[bought], orders.ordered[bought], orders.channel[bought])
        if self.spans:
            self._add_spans(truth, scopes.of_tickets, complaints, of_complaints)

    def add_process(self, tickets: Tickets, stages: Stages, complaints: Complaints) -> None:
        """Add what the tickets and complaints of one chunk went through."""
        scopes = ScopeTruth(tickets, self.staff, self.customers)
        self.process.add_tickets(scopes.of_tickets, tickets, stages)
        self.process.add_complaints(scopes.of_complaints(complaints), complaints)

    def _add_spans(
        self, truth: TicketTruth, scopes: Scopes, complaints: Complaints, of_complaints: Scopes
    ) -> None:
        tickets = truth.tickets
        answered, resolved = truth.has_first_response, truth.has_resolution
        self.spans["first_response_minutes"].add(scopes, tickets.first_reply, truth.answered_in, answered)
        self.spans["resolution_minutes"].add(scopes, tickets.resolved, truth.resolved_in, resolved)
        clocks = truth.clocks
        spans, ended = self.spans, tickets.resolved
        spans["first_response_minutes_bh"].add(scopes, tickets.first_reply, clocks.answered_in, answered)
        spans["resolution_minutes_bh"].add(scopes, ended, clocks.resolved_in, resolved)
        ended = complaints.stamps["resolved"]
        received = complaints.stamps["received"]
        is_ended = ended < NEVER
        self.spans["complaint_handling_hours"].add(of_complaints, ended, ended - received, is_ended)
        worked = self.times.office.seconds(received, np.where(is_ended, ended, received))
        self.spans["complaint_handling_hours_bh"].add(of_complaints, ended, worked, is_ended)

    def document(
        self,
        dirt: Dirt,
        rows: dict[str, dict[str, int]],
        canaries: list[str],
        roster: Roster,
        operations: Operations,
    ) -> dict[str, Any]:
        """The ground truth as JSON.

        `parameters`; `kpis`: code, scope type, scope key, grain, first day of the period, then [numerator,
        denominator, n], seconds for durations, exact fractions of the KPI's unit for percentiles; `files`:
        delivered rows by file and table; `quarantined`: rows by table and kind; `duplicates`, `corrections`:
        rows by table; `canaries`: personal values that must not leave the landing.
        """
        self.repeats.count_into(self.cube)
        percentiles = self.process.percentiles(PERCENTILES)
        kpis: dict[str, Any] = {kpi: self.cube.parts(kpi) for kpi in self.cube.kpis if kpi[0] != "_"}
        kpis |= self.cube.backlog_at_period_end()
        kpis |= self.management.parts(roster, operations, list(rows))
        kpis["repurchase_rate"] = self.persons.parts()
        kpis["complaint_share"] = share_parts(self.cube)
        kpis |= self.base.parts()
        kpis |= percentiles
        self.contact.finish(kpis)
        for code, spans in self.spans.items():
            for name, tenths in PERCENTILES.items():
                kpis[f"{code}_{name}"] = spans.percentiles(tenths, UNITS[code])
        return {
            "parameters": self._parameters(),
            "kpis": kpis,
            "files": rows,
            "quarantined": dirt.quarantined,
            "duplicates": dirt.duplicates,
            "corrections": dirt.corrections,
            "canaries": canaries,
        }

    def _parameters(self) -> dict[str, str | int]:
        plan = self.plan
        return {
            "tickets": plan.tickets,
            "months": plan.months,
            "seed": plan.seed,
            "until": plan.until.isoformat(),
            "data_until_epoch": plan.horizon,
            "slip_from_epoch": plan.slip_start,
            "reporting_time_zone": self.time_zone,
        }
