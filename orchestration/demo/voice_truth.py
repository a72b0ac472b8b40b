"""Counts the surveys and complaints of one chunk for the ground truth."""

import numpy as np

from orchestration.demo.complaints import Complaints
from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.feedback import CES, CSAT, NPS, Surveys
from orchestration.demo.plan import DAY, NEVER

SATISFIED = 4  # of 5
PROMOTER, DETRACTOR = 9, 6  # at least, at most, of 10
EASY = 5  # of 7


def count_surveys(cube: Cube, surveys: Surveys, of_tickets: Scopes) -> None:
    """A survey belongs to its ticket's scopes; one without a ticket is nobody's."""
    scopes = of_tickets.at(surveys.ticket).where(surveys.ticket >= 0)
    received = surveys.is_received
    valid = received & (surveys.flag == 0)
    csat, nps = valid & (surveys.kind == CSAT), valid & (surveys.kind == NPS)
    vote = (surveys.score >= PROMOTER).astype(np.int64) - (surveys.score <= DETRACTOR)
    cube.add("csat_top2", scopes, surveys.responded, surveys.score >= SATISFIED, csat)
    cube.add("csat_mean", scopes, surveys.responded, surveys.score, csat)
    cube.add("nps", scopes, surveys.responded, vote, nps)
    for code, group in (("nps_promoters", 1), ("nps_passives", 0), ("nps_detractors", -1)):
        cube.add(code, scopes, surveys.responded, vote == group, nps)
    cube.add("ces", scopes, surveys.responded, surveys.score >= EASY, valid & (surveys.kind == CES))
    cube.add("survey_response_rate", scopes, surveys.sent, valid, surveys.sent < NEVER)
    cube.add("valid_feedback_rate", scopes, surveys.responded, valid, received)


def count_complaints(cube: Cube, complaints: Complaints, horizon: int) -> None:
    """A complaint belongs to the responsible department and team and to the channel that it came through."""
    scopes = Scopes(complaints.department, complaints.team, complaints.agent, complaints.channel)
    received, resolved, responded = (
        complaints.stamps[name] for name in ("received", "resolved", "responded")
    )
    promised, ended = complaints.promised, resolved < NEVER
    due = (responded < NEVER) | (promised <= horizon)
    cube.add_above("complaint_rate", scopes, received, received < NEVER)
    cube.add("complaint_handling_hours", scopes, resolved, resolved - received, ended)
    cube.add("complaint_within_24h", scopes, received, resolved - received <= DAY, received < NEVER)
    cube.add("complaint_timely", scopes, promised, responded <= promised, due)
