"""Counts what the tickets and complaints went through, for the ground truth."""

from collections.abc import Mapping

from orchestration.demo.complaints import Complaints
from orchestration.demo.conduct_truth import count_conduct
from orchestration.demo.cube import Cube, Parts, Scopes
from orchestration.demo.distributions import Spans
from orchestration.demo.plan import Plan
from orchestration.demo.repeat_truth import AskedAgain
from orchestration.demo.staff import Staff
from orchestration.demo.stage_truth import StageTruth, handovers
from orchestration.demo.stages import Stages
from orchestration.demo.tickets import Tickets

MINUTE = 60


class ProcessTruth:
    """The KPIs of `ticket_process`, added to a cube; those that need every row only with `keeps_rows`."""

    def __init__(self, plan: Plan, staff: Staff, cube: Cube, *, keeps_rows: bool) -> None:
        """Nothing added yet."""
        self.staff, self.cube, self.keeps_rows = staff, cube, keeps_rows
        self.stages = StageTruth(cube, staff, plan.horizon)
        self.asked_again, self.spans = AskedAgain(), Spans(cube)

    def add_tickets(self, scopes: Scopes, tickets: Tickets, stages: Stages) -> None:
        """Add one chunk."""
        count_conduct(self.cube, scopes, tickets)
        self.stages.add_tickets(scopes, tickets, stages)
        for receivers, acted, waited, rows in handovers(self.staff, scopes, tickets):
            self.cube.add("handover_minutes", receivers, acted, waited, rows)
            if self.keeps_rows:
                self.spans.add(receivers, acted, waited, rows)
        if self.keeps_rows:
            self.asked_again.add(scopes, tickets)

    def add_complaints(self, scopes: Scopes, complaints: Complaints) -> None:
        """Add one chunk."""
        self.stages.add_complaints(scopes, complaints)

    def percentiles(self, tenths: Mapping[str, int]) -> dict[str, Parts]:
        """Add what needs all chunks to the cube, and return the percentiles by code."""
        self.asked_again.count_into(self.cube)
        shares = tenths if self.keeps_rows else {}
        return {f"handover_minutes_{name}": self.spans.percentiles(n, MINUTE) for name, n in shares.items()}
