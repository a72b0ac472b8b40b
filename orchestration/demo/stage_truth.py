"""Counts the stages and hand-overs of one chunk for the ground truth."""

import numpy as np

from orchestration.demo.complaints import Complaints
from orchestration.demo.conduct_truth import AGENT_ACTS
from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.event_files import STAMPS
from orchestration.demo.plan import HOUR, NEVER, Bools, Ints
from orchestration.demo.staff import Staff
from orchestration.demo.stages import ARCHIVE, FOLLOW_UP, Stages
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import COMPLAINT_STAGES, DEPARTMENT_OF_TEAM, TICKET_STAGES

NO_LIMIT = NEVER
LIMITS = np.array([HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR, 72 * HOUR, 24 * HOUR, NO_LIMIT])
COMPLAINT_HOURS = np.array([24, 8, 12, 24, 12, 72, 240])
COMPLAINT_LIMITS = np.append(COMPLAINT_HOURS * HOUR, NO_LIMIT)
REQUIRED = sum(1 << stage for stage in range(ARCHIVE + 1) if stage != FOLLOW_UP)


class StageTruth:
    """Counts stages into a cube."""

    def __init__(self, cube: Cube, staff: Staff, horizon: int) -> None:
        """`horizon` is the last second of the data."""
        self.cube, self.staff, self.horizon = cube, staff, horizon

    def add_tickets(self, of_tickets: Scopes, tickets: Tickets, stages: Stages) -> None:
        """Add the visits of the tickets' stages, and the tickets by their sequences."""
        row = stages.row
        counts = tickets.exclusion[row] == 0
        scopes = self._owned(stages, of_tickets.at(row), 0)
        self._count_visits(scopes, stages, LIMITS[stages.stage], counts)
        follows = np.append(False, row[1:] == row[:-1])
        goes_on = np.append(True, stages.stage[1:] > stages.stage[:-1])
        in_order = np.ones(tickets.count, dtype=bool)
        in_order[row[follows & ~goes_on]] = False
        seen = np.zeros(tickets.count, dtype=np.int64)
        np.bitwise_or.at(seen, row, 1 << stages.stage)
        closed = tickets.stamps["closed"]
        conforms = in_order & (seen & REQUIRED == REQUIRED)
        ended = (tickets.exclusion == 0) & (closed < NEVER)
        self.cube.add("process_conformance", of_tickets, closed, conforms, ended)

    def add_complaints(self, of_complaints: Scopes, complaints: Complaints) -> None:
        """Add the visits of the complaints' stages; all complaints count."""
        stamps = np.stack([complaints.stamps[name] for name in COMPLAINT_STAGES], axis=1)
        row, stage = np.nonzero(stamps < NEVER)
        entered = stamps[row, stage]
        order = np.lexsort((stage, entered, row))
        row, stage, entered = row[order], stage[order], entered[order]
        visits = Stages(row, row * 0, stage, entered, complaints.agent[row])
        scopes = self._owned(visits, of_complaints.at(row), len(TICKET_STAGES))
        self._count_visits(scopes, visits, COMPLAINT_LIMITS[stage], row >= 0)

    def _count_visits(self, scopes: Scopes, stages: Stages, limit: Ints, counts: Bools) -> None:
        left, has_limit = stages.left, limit < NO_LIMIT
        is_left = left < NEVER
        spent = left - stages.entered
        self.cube.add("stage_minutes", scopes, left, spent, counts & is_left)
        due = stages.entered + np.where(has_limit, limit, 0)
        applies = counts & has_limit & (is_left | (due <= self.horizon))
        kept = (stages.owner >= 0) & (spent <= limit)
        self.cube.add("stage_on_time", scopes, due, kept, applies)

    def _owned(self, stages: Stages, of_case: Scopes, first_code: int) -> Scopes:
        """A stage is its owner's, in the team held on entering; without an owner it is the case's."""
        owner = stages.owner
        team = np.where(owner >= 0, self.staff.team_at(owner, stages.entered), of_case.team)
        department = np.where(owner >= 0, DEPARTMENT_OF_TEAM[team], of_case.department)
        own = Scopes(department, team, owner, of_case.channel)
        return own.with_others({"stage": stages.stage + first_code})


def handovers(staff: Staff, of_tickets: Scopes, tickets: Tickets) -> list[tuple[Scopes, Ints, Ints, Bools]]:
    """Per reassignment: the receivers' scopes, when they first acted, after how long, where it counts."""
    stamps = tickets.stamps
    taken_at = [stamps["assigned"], stamps["reassigned_1"], stamps["reassigned_2"]]
    found = []
    for step in (1, 2):
        received = taken_at[step]
        given = taken_at[step + 1] if step == 1 else np.full(tickets.count, NEVER)
        acted = np.full(tickets.count, NEVER)
        for name in AGENT_ACTS:
            # Of two events in one second the order of the CRM's slots decides.
            is_after = STAMPS.index(name) > STAMPS.index(f"reassigned_{step}")
            begun = stamps[name] >= received if is_after else stamps[name] > received
            acted = np.where(begun & (stamps[name] < given), np.minimum(acted, stamps[name]), acted)
        team = staff.team_at(tickets.agents[step], np.where(received < NEVER, received, 0))
        before = staff.team_at(tickets.agents[step - 1], np.where(received < NEVER, taken_at[step - 1], 0))
        department = DEPARTMENT_OF_TEAM[team]
        crosses = (department != DEPARTMENT_OF_TEAM[before]) & (tickets.exclusion == 0)
        rows = crosses & (received < NEVER) & (acted < NEVER)
        request = {name: of_tickets.others[name] for name in ("request_type", "priority")}
        scopes = Scopes(department, team, tickets.agents[step], of_tickets.channel, request)
        found.append((scopes, acted, acted - received, rows))
    return found
