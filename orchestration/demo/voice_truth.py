"""Counts the surveys and complaints of one chunk for the ground truth."""

import numpy as np

from orchestration.demo.answers import QUESTIONS, Answers, is_low
from orchestration.demo.complaints import Complaints
from orchestration.demo.cube import Cube, Parts, Scopes
from orchestration.demo.feedback import CALLBACK, CES, COMPLAINT_CSAT, CSAT, NPS, Surveys
from orchestration.demo.numbers import UNKNOWN_CUSTOMER
from orchestration.demo.plan import DAY, NEVER, Ints
from orchestration.demo.working_time import WorkingTime

SATISFIED = 4  # of 5
PROMOTER, DETRACTOR = 9, 6  # at least, at most, of 10
EASY = 5  # of 7
REPEAT_WITHIN = 90 * DAY
LOOP = (
    *("received", "acknowledged", "assessed", "investigated"),
    *("responded", "decided", "closed", "fed_back"),
)


def count_surveys(cube: Cube, surveys: Surveys, answers: Answers, scopes: Scopes, horizon: int) -> None:
    """Add the surveys to all their KPIs."""
    received, responded, score = surveys.is_received, surveys.responded, surveys.score
    valid = received & (surveys.flag == 0)
    csat, nps = valid & (surveys.kind == CSAT), valid & (surveys.kind == NPS)
    vote = (score >= PROMOTER).astype(np.int64) - (score <= DETRACTOR)
    cube.add("csat_top2", scopes, responded, score >= SATISFIED, csat)
    cube.add("csat_mean", scopes, responded, score, csat)
    cube.add("nps", scopes, responded, vote, nps)
    for code, group in (("nps_promoters", 1), ("nps_passives", 0), ("nps_detractors", -1)):
        cube.add(code, scopes, responded, vote == group, nps)
    called, complained = valid & (surveys.kind == CALLBACK), valid & (surveys.kind == COMPLAINT_CSAT)
    cube.add("followup_csat", scopes, responded, score >= SATISFIED, called)
    cube.add("complaint_csat", scopes, responded, score >= SATISFIED, complained)
    cube.add("ces", scopes, responded, score >= EASY, valid & (surveys.kind == CES))
    # A call-back is made two days after the last resolution: the agent has always said that it is solved.
    said = answers.is_solved
    cube.add("resolved_disagreement", scopes, responded, said == 0, called & (said >= 0))
    cube.add("survey_response_rate", scopes, surveys.sent, valid, surveys.sent < NEVER)
    cube.add("valid_feedback_rate", scopes, responded, valid, received)
    _count_care(cube, surveys, answers, scopes, horizon)


def _count_care(cube: Cube, surveys: Surveys, answers: Answers, scopes: Scopes, horizon: int) -> None:
    """How complete feedback is, and whether somebody answered it."""
    valid = surveys.is_received & (surveys.flag == 0)
    asked = QUESTIONS[surveys.kind] * valid
    cube.add("feedback_completeness", scopes, surveys.responded, answers.answered, asked)
    speaks = valid & (is_low(surveys) | (answers.comment >= 0))
    is_due = speaks & ((answers.replied < NEVER) | (answers.reply_due <= horizon))
    in_time = answers.replied <= answers.reply_due
    cube.add("feedback_answered_rate", scopes, answers.reply_due, in_time, is_due)


def count_complaints(
    cube: Cube, complaints: Complaints, scopes: Scopes, office: WorkingTime, horizon: int
) -> None:
    """Add the complaints to the KPIs that one complaint decides."""
    received, resolved, responded, closed = (
        complaints.stamps[name] for name in ("received", "resolved", "responded", "closed")
    )
    promised, ended = complaints.promised, resolved < NEVER
    acknowledged = complaints.stamps["acknowledged"]
    ack_due = office.closing(received, np.ones_like(received))
    worked = office.seconds(received, np.where(ended, resolved, received))
    due = (responded < NEVER) | (promised <= horizon)
    cube.add_above(
        "complaint_rate", scopes.without("complaint_type", "root_cause"), received, received < NEVER
    )
    cube.add_above("_shared", scopes, received, received < NEVER)
    cube.add("complaint_handling_hours", scopes, resolved, resolved - received, ended)
    cube.add("complaint_handling_hours_bh", scopes, resolved, worked, ended)
    is_ack_due = (acknowledged < NEVER) | (ack_due <= horizon)
    cube.add("complaint_ack_on_time", scopes, ack_due, acknowledged <= ack_due, is_ack_due)
    cube.add("complaint_within_24h", scopes, received, resolved - received <= DAY, received < NEVER)
    cube.add("complaint_within_72h", scopes, received, resolved - received <= 3 * DAY, received < NEVER)
    cube.add("complaint_timely", scopes, promised, responded <= promised, due)
    cube.add("complaint_closed_agreed", scopes, closed, complaints.number % 11 != 0, closed < NEVER)
    every = np.all([complaints.stamps[name] < NEVER for name in LOOP], axis=0)
    cube.add("complaint_loop_closed", scopes, closed, every, closed < NEVER)


def share_parts(cube: Cube) -> Parts:
    """What each type, department and root cause has of all complaints of a period; `_shared` counted them."""
    whole = cube.parts("_shared")
    totals = whole["organisation"]["all"]
    return {
        scope_type: {
            key: {
                grain: {
                    start: [parts[0], *2 * [totals[grain][start][0]]] for start, parts in by_start.items()
                }
                for grain, by_start in by_grain.items()
            }
            for key, by_grain in whole[scope_type].items()
        }
        for scope_type in ("complaint_type", "department", "root_cause")
    }


class Repeats:
    """All complaints, since a repeat may follow in another chunk."""

    def __init__(self) -> None:
        """No complaints yet."""
        self._rows: list[Ints] = []
        self._others: list[str] = []

    def add(self, complaints: Complaints, scopes: Scopes) -> None:
        """Keep who complained about what, when, and whose complaint it is."""
        self._others = list(scopes.others)
        stranger = UNKNOWN_CUSTOMER + complaints.number % 1_000_000
        customer = np.where(complaints.customer < 0, stranger, complaints.customer)
        what = (customer, complaints.category, complaints.stamps["received"], complaints.number)
        self._rows.append(np.stack([*what, *(scopes.of(name) for name in scopes.types[1:])]))

    def count_into(self, cube: Cube) -> None:
        """Repeats of the complaints that were received once the data reach back far enough."""
        rows = np.concatenate(self._rows, axis=1)
        rows = rows[:, np.lexsort((rows[3], rows[2], rows[1], rows[0]))]
        customer, category, received, _, department, team, agent, channel, *others = rows
        same = (customer[1:] == customer[:-1]) & (category[1:] == category[:-1])
        soon = received[1:] - received[:-1] <= REPEAT_WITHIN
        is_repeat = np.concatenate([[False], same & soon])
        is_known = received >= received.min() + REPEAT_WITHIN
        scopes = Scopes(department, team, agent, channel, dict(zip(self._others, others, strict=True)))
        cube.add("complaint_repeat_rate", scopes, received, is_repeat, is_known)
