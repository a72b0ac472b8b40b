"""Draws the appraisals of agents: due every three months, done in time, late or not at all."""

from orchestration.demo.draws import happens
from orchestration.demo.plan import DAY, Plan
from orchestration.demo.staff import Staff, agent_id
from orchestration.demo.workbook import Row, local_day

APPRAISAL_HEADER = ["appraisal_id", "agent_id", "due_on", "done_on", "rating"]
RATINGS = ["优", "良", "良", "中", "差"]
MONTHS_BETWEEN, DUE_AFTER = 3, 14 * DAY
PROBATION = 60 * DAY


def draw_appraisals(plan: Plan, staff: Staff) -> list[Row]:
    """One per quarter for everybody who has been employed for two months."""
    random = plan.random("appraisals")
    rows: list[Row] = []
    for start in plan.month_starts[1:-1:MONTHS_BETWEEN]:
        due = start + DUE_AFTER
        for agent in range(staff.count):
            done = due + int(random.integers(-12, 2)) * DAY
            rating = RATINGS[int(random.integers(0, len(RATINGS)))]
            is_done = happens(random, 0.96) and done <= plan.horizon
            if staff.hired[agent] + PROBATION <= due < staff.left[agent]:
                result: Row = [local_day(done), rating] if is_done else [None, None]
                rows.append([f"Y{len(rows) + 1:06d}", agent_id(agent), local_day(due), *result])
    return rows
