"""Tells which scopes the rows of one chunk stand in, for the ground truth."""

import numpy as np

from orchestration.demo.complaints import Complaints
from orchestration.demo.cube import Scopes
from orchestration.demo.customers import Customers
from orchestration.demo.feedback import Surveys
from orchestration.demo.plan import NEVER, Bools, Ints
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import DEPARTMENT_OF_TEAM, PHASE_OF_REQUEST, SITE_OF_TEAM

OF_CUSTOMER = ("region", "segment", "company_size", "value_tier", "language")
OF_REQUEST = ("touchpoint", "phase", "request_type", "priority")


class ScopeTruth:
    """Scopes of the rows of one chunk, each as of its own time."""

    def __init__(self, tickets: Tickets, staff: Staff, customers: Customers) -> None:
        """Those of the tickets first: most other rows stand where their ticket stands."""
        self.staff, self.customers = staff, customers
        self.language = 1 - tickets.is_chinese.astype(np.int64)
        handled = np.where(tickets.resolved < NEVER, tickets.resolved, tickets.created)
        kind = {
            "touchpoint": tickets.request,
            "phase": PHASE_OF_REQUEST[tickets.request],
            "product": tickets.product,
            "request_type": tickets.request,
            "priority": tickets.priority,
        }
        of_customer = customers.at(tickets.customer, tickets.created)
        self.of_tickets = self.of_agents(tickets.assignee, handled, tickets.channel).with_others(
            {**kind, **of_customer, "language": self.language}
        )

    def of_agents(self, agent: Ints, stamps: Ints, channel: Ints) -> Scopes:
        """The agents' own scopes at a time, with their site."""
        team = self.staff.team_at(agent, stamps)
        return Scopes(DEPARTMENT_OF_TEAM[team], team, agent, channel, {"location": SITE_OF_TEAM[team]})

    def of_reviews(self, agent: Ints, stamps: Ints, row: Ints) -> Scopes:
        """The reviewed agent's team at the review; everything else as the ticket (by row)."""
        of_ticket = self.of_tickets.at(row)
        own = self.of_agents(agent, stamps, of_ticket.channel)
        return own.with_others({**of_ticket.others, **own.others})

    def of_surveys(self, surveys: Surveys) -> Scopes:
        """As the ticket; without one nothing is known but the customer, as of the sending."""
        has_ticket = surveys.ticket >= 0
        of_ticket = self.of_tickets.at(surveys.ticket).where(has_ticket)
        alone = self.customers.at(surveys.customer, surveys.sent)
        return of_ticket.with_others(
            {name: np.where(has_ticket, of_ticket.of(name), alone[name]) for name in OF_CUSTOMER}
        )

    def of_complaints(self, complaints: Complaints) -> Scopes:
        """What the complaint says itself; the request is its ticket's, the customer is as of the receipt."""
        has_ticket: Bools = complaints.ticket >= 0
        of_ticket = self.of_tickets.at(complaints.ticket).where(has_ticket)
        customer = self.customers.at(complaints.customer, complaints.stamps["received"])
        others = {
            **{name: of_ticket.of(name) for name in OF_REQUEST},
            **customer,
            "language": np.where(has_ticket, of_ticket.of("language"), customer["language"]),
            "product": complaints.product,
            "location": SITE_OF_TEAM[complaints.team],
            "complaint_type": complaints.kind,
            "root_cause": complaints.root_cause,
        }
        return Scopes(complaints.department, complaints.team, complaints.agent, complaints.channel, others)
