"""Computes what the warehouse must say about the demo company, by plain counting of the generator's arrays."""

from typing import Any

import numpy as np

from orchestration.demo.complaints import Complaints
from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.dirt import Dirt
from orchestration.demo.distributions import Persons, Spans
from orchestration.demo.feedback import CSAT, NPS, Surveys
from orchestration.demo.inspections import WEIGHTS, Reviews
from orchestration.demo.periods import Calendar
from orchestration.demo.plan import DAY, NEVER, Ints, Plan
from orchestration.demo.shop import CANCELLED, ORDER_CHANNEL_CODES, Orders
from orchestration.demo.staff import Staff
from orchestration.demo.ticket_truth import TicketTruth
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import CHANNEL_CODES, TEAMS

PERCENTILE_TICKETS = 250_000  # larger companies get no percentiles: they need every single duration
RATIOS = [
    "first_response_minutes", "resolution_minutes", "response_rate", "resolution_rate", "first_response_sla", "resolution_sla",
    "reopen_rate", "transfers_per_ticket", "fcr_one_touch", "csat_top2", "csat_mean", "nps", "survey_response_rate", "valid_feedback_rate",
    "complaint_rate", "complaint_handling_hours", "complaint_within_24h", "complaint_timely", "qa_score",
]  # fmt: skip
DEPARTMENT_OF_TEAM = np.array([department for _, _, department in TEAMS] + [-1])  # unknown last


class GroundTruth:
    """Sums of all chunks; `document` tells them."""

    def __init__(self, plan: Plan, staff: Staff, reporting_time_zone: str) -> None:
        """Nothing added yet; periods are cut in the reporting zone."""
        self.plan, self.staff, self.time_zone = plan, staff, reporting_time_zone
        calendar = Calendar(plan, reporting_time_zone)
        self.cube = Cube(calendar, staff.count)
        keeps = plan.tickets <= PERCENTILE_TICKETS
        self.spans = (
            {name: Spans(self.cube) for name in ("first_response", "resolution", "complaint")}
            if keeps
            else {}
        )
        self.persons = Persons(self.cube, [CHANNEL_CODES.index(code) for code in ORDER_CHANNEL_CODES])

    def add(
        self, tickets: Tickets, complaints: Complaints, surveys: Surveys, orders: Orders, reviews: Reviews
    ) -> None:
        """Add one chunk."""
        truth = TicketTruth(self.plan, tickets)
        handled = np.where(tickets.resolved < NEVER, tickets.resolved, tickets.created)
        scopes = self._scopes(tickets.assignee, handled, tickets.channel)
        truth.count_into(self.cube, scopes)
        if self.spans:
            self.spans["first_response"].add(
                scopes, tickets.first_reply, truth.answered_in, truth.has_first_response
            )
            self.spans["resolution"].add(scopes, tickets.resolved, truth.resolved_in, truth.has_resolution)
        self._add_surveys(surveys, scopes)
        self._add_complaints(complaints)
        self._add_reviews(reviews, tickets)
        bought = orders.status != CANCELLED
        self.persons.add(orders.customer[bought], orders.ordered[bought], orders.channel[bought])

    def _scopes(self, agent: Ints, stamps: Ints, channel: Ints) -> Scopes:
        team = self.staff.team_at(agent, stamps)
        return Scopes(DEPARTMENT_OF_TEAM[team], team, agent, channel)

    def _add_surveys(self, surveys: Surveys, of_tickets: Scopes) -> None:
        """A survey belongs to its ticket's scopes; one without a ticket is nobody's."""
        found = of_tickets.at(surveys.ticket)
        none = surveys.ticket < 0
        scopes = Scopes(
            *(np.where(none, -1, found.of(kind)) for kind in ("department", "team", "agent", "channel"))
        )
        received = surveys.is_received
        valid = received & (surveys.flag == 0)
        csat, nps = valid & (surveys.kind == CSAT), valid & (surveys.kind == NPS)
        vote = (surveys.score >= 9).astype(np.int64) - (surveys.score <= 6)
        everything = np.ones(len(none), dtype=bool)
        self.cube.add("csat_top2", scopes, surveys.responded, csat, surveys.score >= 4)
        self.cube.add("csat_mean", scopes, surveys.responded, csat, surveys.score)
        self.cube.add("nps", scopes, surveys.responded, nps, vote)
        self.cube.add("survey_response_rate", scopes, surveys.sent, everything, valid)
        self.cube.add("valid_feedback_rate", scopes, surveys.responded, received, valid)

    def _add_complaints(self, complaints: Complaints) -> None:
        """A complaint belongs to the responsible department and team and to the channel it came through."""
        scopes = Scopes(complaints.department, complaints.team, complaints.agent, complaints.channel)
        received, resolved, responded = (
            complaints.stamps[name] for name in ("received", "resolved", "responded")
        )
        everything, ended = np.ones(complaints.count, dtype=bool), resolved < NEVER
        promised = complaints.promised
        due = (responded < NEVER) | (promised <= self.plan.horizon)
        self.cube.add("complaint_rate", scopes, received, everything, everything, counts=False)
        self.cube.add("complaint_handling_hours", scopes, resolved, ended, resolved - received)
        self.cube.add(
            "complaint_within_24h", scopes, received, everything, ended & (resolved - received <= DAY)
        )
        self.cube.add("complaint_timely", scopes, promised, due, responded <= promised)
        if self.spans:
            self.spans["complaint"].add(scopes, resolved, resolved - received, ended)

    def _add_reviews(self, reviews: Reviews, tickets: Tickets) -> None:
        """A review belongs to the agent's team at its time; a failed critical criterion leaves only its weights."""
        channel = tickets.channel[reviews.ticket - tickets.number[0]]
        scopes = self._scopes(reviews.agent, reviews.reviewed, channel)
        rated = reviews.score >= 0
        points = (WEIGHTS * reviews.score * rated).sum(axis=1) * ~reviews.critical_failed.any(axis=1)
        weight = (WEIGHTS * rated).sum(axis=1)
        self.cube.add("qa_score", scopes, reviews.reviewed, weight > 0, points, weight)

    def document(self, dirt: Dirt, rows: dict[str, dict[str, int]], canaries: list[str]) -> dict[str, Any]:
        """The ground truth as JSON: parameters, KPI parts, delivered rows per file, dirt, personal values."""
        kpis: dict[str, Any] = {kpi: self.cube.parts(kpi) for kpi in RATIOS}
        kpis["backlog_open"] = self.cube.open_at_period_end("_opened", "_left")
        kpis["repurchase_rate"] = self.persons.parts()
        units = {
            "first_response": ("first_response_minutes", 60),
            "resolution": ("resolution_minutes", 60),
            "complaint": ("complaint_handling_hours", 3600),
        }
        for name, spans in self.spans.items():
            code, seconds = units[name]
            kpis[f"{code}_p50"] = spans.percentiles(5, seconds)
            kpis[f"{code}_p90"] = spans.percentiles(9, seconds)
        return {
            "parameters": {
                "tickets": self.plan.tickets, "months": self.plan.months, "seed": self.plan.seed, "until": self.plan.until.isoformat(),
                "data_until_epoch": self.plan.horizon, "reporting_time_zone": self.time_zone, "slip_from_epoch": self.plan.slip_start,
            },
            "kpis": kpis,
            "files": rows,
            "quarantined": dirt.quarantined,
            "duplicates": dirt.duplicates,
            "corrections": dirt.corrections,
            "canaries": canaries,
        }  # fmt: skip
