"""Counts calls, bot sessions, inspections and skills for the ground truth."""

import numpy as np

from orchestration.demo.bot_truth import BotTruth
from orchestration.demo.cube import Cube, Parts, Scopes
from orchestration.demo.customers import Customers
from orchestration.demo.feedback import CSAT, Surveys
from orchestration.demo.inspection_truth import InspectionTruth
from orchestration.demo.inspections import Reviews
from orchestration.demo.plan import NEVER
from orchestration.demo.repeat_truth import AskedAgain
from orchestration.demo.scope_truth import ScopeTruth
from orchestration.demo.spread_truth import Spread
from orchestration.demo.staff import Staff
from orchestration.demo.telephony import PHONE, Calls
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import DEPARTMENT_OF_TEAM, SITE_OF_TEAM

ANSWER_WITHIN = 20  # seconds


class ContactTruth:
    """Adds what one chunk tells of contacts and their inspection."""

    def __init__(self, cube: Cube, staff: Staff, customers: Customers, asked_again: AskedAgain) -> None:
        """Add to `cube`; tell `asked_again` of calls."""
        self._asked_again = asked_again
        self.cube, self.staff, self.customers = cube, staff, customers
        self.bot, self.inspections = BotTruth(cube, customers), InspectionTruth(cube)
        self.satisfaction, self.quality = Spread(cube), Spread(cube)

    def add(self, tickets: Tickets, surveys: Surveys, reviews: Reviews, scopes: ScopeTruth) -> None:
        """Who handled the tickets, how they were inspected, how evenly customers are served."""
        self._tickets = tickets
        handled = np.where(tickets.resolved < NEVER, tickets.resolved, tickets.created)
        skilled = self.staff.holds(tickets.assignee, handled, tickets.topic)
        known = (tickets.exclusion == 0) & (tickets.assignee >= 0)
        self.cube.add("skill_match_rate", scopes.of_tickets, tickets.created, skilled, known)
        self.inspections.add_coverage(tickets, scopes.of_tickets, reviews)
        row = reviews.ticket - tickets.number[0]
        of_reviews = scopes.of_reviews(reviews.agent, reviews.reviewed, row)
        score = self.inspections.add_reviews(reviews, of_reviews)
        self.quality.add(of_reviews, reviews.reviewed, score, score >= 0)
        answered = surveys.is_received & (surveys.flag == 0) & (surveys.kind == CSAT)
        of_surveys = scopes.of_surveys(surveys)
        self.satisfaction.add(of_surveys, surveys.responded, surveys.score * 100, answered)

    def add_calls(self, calls: Calls) -> None:
        """Of the tickets added last. A call is the queue's team's; one given up at once is in no level."""
        self._asked_again.add_calls(self._tickets, calls)
        course, offered = calls.course, calls.offered
        customer = np.where(calls.is_recognised, calls.customer, -1)
        others = {**self.customers.at(customer, offered), "location": SITE_OF_TEAM[calls.team]}
        channel = np.full(len(offered), PHONE)
        scopes = Scopes(DEPARTMENT_OF_TEAM[calls.team], calls.team, calls.agent, channel, others)
        answered, abandoned = course.answered < NEVER, course.abandoned < NEVER
        in_time = course.wait <= ANSWER_WITHIN
        handled = course.talk + course.hold + course.wrap
        counted = answered | (abandoned & ~in_time)
        self.cube.add("phone_service_level", scopes, offered, answered & in_time, counted)
        self.cube.add("phone_abandon_rate", scopes, offered, abandoned, answered | abandoned)
        self.cube.add("phone_asa_seconds", scopes, offered, course.wait, answered)
        self.cube.add("phone_aht_seconds", scopes, offered, handled, course.wrap >= 0)

    def finish(self, kpis: dict[str, Parts]) -> None:
        """Put what is no sum into the ground truth."""
        self.inspections.finish(kpis)
        self.bot.finish(kpis)
        kpis["service_consistency"] = self.satisfaction.parts()
        kpis["service_consistency_qa"] = self.quality.parts()
