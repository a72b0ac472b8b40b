"""Gives coaching to agents whose inspections stayed below the warning for two months in a row."""

import numpy as np

from orchestration.demo.draws import happens
from orchestration.demo.inspections import WEIGHTS, Reviews
from orchestration.demo.plan import DAY, SHANGHAI, Plan
from orchestration.demo.staff import agent_id
from orchestration.demo.vocabulary import TEAMS
from orchestration.demo.workbook import Row, local_day

WARNING = 80
COACHED_SHARE = 0.85
DUE_AFTER = 45 * DAY


class Coaching:
    """Sums of all inspections by agent and local month; `rows` are the coachings that follow."""

    def __init__(self, plan: Plan) -> None:
        """Nothing inspected yet."""
        self.plan = plan
        self._starts = np.array(plan.month_starts) - SHANGHAI
        self._sums = np.zeros((2, plan.agents, plan.months + 2), dtype=np.int64)

    def add(self, reviews: Reviews) -> None:
        """Add one chunk's inspections: points and weights of the rated criteria."""
        month = np.searchsorted(self._starts, reviews.reviewed, side="right")
        rated = reviews.score >= 0
        points = (WEIGHTS * reviews.score * rated).sum(axis=1) * ~reviews.critical_failed.any(axis=1)
        np.add.at(self._sums[0], (reviews.agent, month), points)
        np.add.at(self._sums[1], (reviews.agent, month), (WEIGHTS * rated).sum(axis=1))

    def rows(self) -> list[Row]:
        """Actions as in the sheet, without their numbers: opened in the month after the two."""
        random = self.plan.random("coaching")
        points, weights = self._sums
        is_low = (weights > 0) & (points < WARNING * weights)
        rows: list[Row] = []
        for month in range(2, self.plan.months):  # month 1 is the first
            opened = self.plan.month_starts[month] + int(random.integers(1, 16)) * DAY
            for agent in np.flatnonzero(is_low[:, month - 1] & is_low[:, month]).tolist():
                if happens(random, COACHED_SHARE) and opened <= self.plan.horizon:
                    rows.append(self._row(agent, opened, int(random.integers(20, 60))))
        return rows

    def _row(self, agent: int, opened: int, days_open: int) -> Row:
        closed = opened + days_open * DAY
        is_closed = closed <= self.plan.horizon
        end: Row = [local_day(closed), "NY"[days_open % 3 > 0]] if is_closed else [None, None]
        stage = "A" if is_closed else "D"
        leader = agent_id(agent % len(TEAMS))
        days = [local_day(opened), local_day(opened + DUE_AFTER), *end]
        return ["qa_score", "agent", agent_id(agent), leader, "辅导", stage, "Coaching on inspections", *days]
