"""Draws what customers were asked after the tickets and complaints of one chunk, and their answers."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.complaints import Complaints
from orchestration.demo.draws import Random, chance, choice
from orchestration.demo.plan import DAY, HOUR, NEVER, Bools, Chunk, Ints, Plan
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import SLIPPING_TEAM

KINDS = ["CSAT", "NPS", "CES", "CALLBACK", "COMPLAINT_CSAT", "SERVQUAL"]
CSAT, NPS, CES, CALLBACK, COMPLAINT_CSAT, SERVQUAL = range(6)
SCALE_MIN = np.array([1, 0, 1, 1, 1, 1])
SCALE_MAX = np.array([5, 10, 7, 5, 5, 7])
SCORE_WEIGHTS = {
    CSAT: [3, 4, 9, 34, 50],
    NPS: [2, 1, 2, 2, 3, 5, 6, 14, 18, 24, 23],
    CES: [2, 3, 4, 8, 15, 33, 35],
    CALLBACK: [4, 4, 8, 34, 50],
    COMPLAINT_CSAT: [8, 9, 13, 38, 32],
    SERVQUAL: [2, 3, 6, 12, 30, 30, 17],
}
SLIPPED_WEIGHTS = {CSAT: [14, 16, 24, 28, 18], NPS: [9, 6, 8, 8, 9, 10, 11, 14, 11, 8, 6]}
SENT_SHARE = {CSAT: 0.30, NPS: 0.08, CES: 0.06, CALLBACK: 0.05}
FLAGS = ["", "EMPTY", "DUP", "SPAM", "STAFF"]
EMPTY = 1
FLAG_WEIGHTS = [955, 15, 10, 10, 10]
SERVQUAL_PER_MONTH = 40
_Asked = tuple[Ints, Ints, Ints, Ints, Ints]  # ticket row, complaint row, customer, sent, number


@dataclass
class Surveys:
    """Surveys of one chunk by column; `ticket` and `complaint` are row numbers there, -1 for none."""

    kind: Ints
    number: Ints
    ticket: Ints
    complaint: Ints
    customer: Ints
    agent: Ints
    sent: Ints
    responded: Ints
    score: Ints  # -1 = none
    flag: Ints  # 0 = valid

    @property
    def is_received(self) -> Bools:
        """Something came back."""
        return np.asarray(self.responded < NEVER)

    @property
    def is_filled_in(self) -> Bools:
        """Something came back and it was not empty."""
        return np.asarray(self.is_received & (self.flag != EMPTY))


def draw_surveys(plan: Plan, chunk: Chunk, tickets: Tickets, complaints: Complaints, staff: Staff) -> Surveys:
    """What was sent after the chunk's tickets and complaints, and the answers that came until the horizon."""
    random = plan.random("surveys", chunk.number)
    asked = [_after_tickets(random, kind, share, tickets, plan) for kind, share in SENT_SHARE.items()]
    asked += [_after_complaints(random, complaints, plan), _servqual(random, plan, chunk)]
    kind = np.repeat([*SENT_SHARE, COMPLAINT_CSAT, SERVQUAL], [len(part[0]) for part in asked])
    ticket, complaint, customer, sent, number = map(np.concatenate, zip(*asked, strict=True))
    agent = np.where(ticket >= 0, tickets.assignee[ticket], -1)
    team = staff.team_at(agent, np.where(ticket >= 0, tickets.resolved[ticket], 0))
    slips = (team == SLIPPING_TEAM) & (sent >= plan.slip_start)
    responded = _responded(random, kind, sent, plan.horizon)
    received = responded < NEVER
    flag = np.where(received, choice(random, len(kind), FLAG_WEIGHTS), 0)
    score = np.where(received & (flag != EMPTY), _scores(random, kind, slips), -1)
    customer = np.where(ticket >= 0, tickets.customer[ticket], customer)
    return Surveys(kind, number, ticket, complaint, customer, agent, sent, responded, score, flag)


def _after_tickets(random: Random, kind: int, share: float, tickets: Tickets, plan: Plan) -> _Asked:
    """One hour after the resolution of a share of the tickets; call-backs two days after."""
    sent = tickets.resolved + (2 * DAY if kind == CALLBACK else HOUR)
    suits = (tickets.exclusion == 0) & ~tickets.is_impossible & (sent <= plan.horizon)
    row = np.flatnonzero(suits & chance(random, tickets.count, share))
    none = np.full(len(row), -1)
    return row, none, none, sent[row], tickets.number[row]


def _after_complaints(random: Random, complaints: Complaints, plan: Plan) -> _Asked:
    """One day after most complaints about a ticket were closed."""
    sent = complaints.stamps["closed"] + DAY
    suits = (complaints.ticket >= 0) & (sent <= plan.horizon)
    row = np.flatnonzero(suits & chance(random, complaints.count, 0.8))
    return complaints.ticket[row], row, complaints.customer[row], sent[row], complaints.number[row]


def _servqual(random: Random, plan: Plan, chunk: Chunk) -> _Asked:
    """A fixed panel a month, whatever the size; the last survey goes out in the last second."""
    count = SERVQUAL_PER_MONTH if chunk.is_last_of_month else 0
    sent = np.sort(random.integers(chunk.start, chunk.end, count))
    if chunk.end > plan.horizon:
        sent[-1:] = plan.horizon
    none = np.full(count, -1)
    number = chunk.number * SERVQUAL_PER_MONTH + np.arange(count)
    return none, none, random.integers(0, plan.customers, count), sent, number


def _responded(random: Random, kind: Ints, sent: Ints, horizon: int) -> Ints:
    """A quarter of the surveys come back, half of the call-backs are answered, most within a day."""
    comes_back = chance(random, len(kind), 0.27) | ((kind == CALLBACK) & chance(random, len(kind), 0.4))
    responded = sent + random.lognormal(np.log(7 * HOUR), 1.0, len(kind)).astype(np.int64)
    return np.where(comes_back & (responded <= horizon), responded, NEVER)


def _scores(random: Random, kind: Ints, slips: Bools) -> Ints:
    """An overall answer on the kind's own scale."""
    score = np.full(len(kind), -1)
    for code, weights in SCORE_WEIGHTS.items():
        usual = choice(random, len(kind), weights) + SCALE_MIN[code]
        slipped = choice(random, len(kind), SLIPPED_WEIGHTS.get(code, weights)) + SCALE_MIN[code]
        score = np.where(kind == code, np.where(slips, slipped, usual), score)
    return score
