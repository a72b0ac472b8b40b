"""Draws and delivers the quality inspections: reviews of resolved tickets, one workbook per month."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.draws import chance
from orchestration.demo.plan import DAY, Bools, Chunk, Ints, Plan
from orchestration.demo.staff import Staff, agent_id
from orchestration.demo.tickets import Tickets
from orchestration.demo.workbook import Row, Sheet, local_stamp
from orchestration.demo.writers import Delivery

REVIEWS_PER_AGENT_MONTH = 2
REVIEWED_TWICE = 12  # every twelfth review
CRITERIA = {  # label: weight, points of 100
    "服务态度": 15,
    "流程规范": 10,
    "响应时效": 10,
    "专业技能": 15,
    "问题解决": 20,
    "个性化": 5,
    "信息准确": 10,
    "语言规范": 5,
    "透明度": 5,
    "后续关怀": 5,
}
WEIGHTS = np.array(list(CRITERIA.values()))
CRITICAL = np.isin(list(CRITERIA), ["流程规范", "信息准确"])
INSPECTORS = [
    ("Q01", "服务质检"),
    ("Q02", "服务质检"),
    ("Q03", "质量部"),
    ("Q04", "质量部"),
    ("Q05", "第三方"),
]
REVIEW_HEADER = [
    "review_id",
    "ticket_id",
    "agent_id",
    "inspector_id",
    "inspector_kind",
    "inspection_kind",
    "reviewed",
]
ITEM_HEADER = ["review_id", "criterion", "weight", "score", "critical", "critical_failed"]


@dataclass
class Reviews:
    """Reviews by column, and their items as (review, criterion) tables."""

    ticket: Ints  # ticket number
    agent: Ints
    inspector: Ints
    is_special: Bools
    reviewed: Ints
    score: Ints  # (reviews, criteria), 0-100, -1 = not rated
    critical_failed: Bools  # (reviews, criteria)

    @property
    def count(self) -> int:
        """Number of reviews."""
        return len(self.ticket)


def draw_reviews(plan: Plan, chunk: Chunk, tickets: Tickets, staff: Staff) -> Reviews:
    """About two reviews per agent and month; every twelfth is done again by another inspector."""
    random = plan.random("qa", chunk.number)
    suits = (tickets.exclusion == 0) & ~tickets.is_impossible & (tickets.assignee >= 0)
    candidates = np.flatnonzero(suits & (tickets.resolved < plan.horizon - 10 * DAY))
    wanted = max(1, staff.count * REVIEWS_PER_AGENT_MONTH // chunk.parts_in_month)
    once = np.sort(random.choice(candidates, min(len(candidates), wanted), replace=False))
    inspector = random.integers(0, len(INSPECTORS), len(once))
    again = np.arange(len(once)) % REVIEWED_TWICE == 1
    row = np.concatenate([once, once[again]])
    inspector = np.concatenate([inspector, (inspector[again] + 1) % len(INSPECTORS)])
    reviewed = tickets.resolved[row] + random.integers(DAY, 9 * DAY, len(row))
    if chunk.end > plan.horizon:
        reviewed[-1:] = plan.horizon
    agent = tickets.assignee[row]
    ability = 88 - 20 * (staff.speed[agent] - 1)
    score = (
        np.rint(random.normal(ability[:, None], 8, (len(row), len(CRITERIA)))).clip(0, 100).astype(np.int64)
    )
    is_rated = CRITICAL | ~chance(random, score.size, 0.05).reshape(score.shape)
    failed = CRITICAL & chance(random, score.size, 0.012).reshape(score.shape)
    is_special = chance(random, len(row), 0.2)
    score, failed = _judged_again(plan, chunk, score, failed, np.flatnonzero(again))
    return Reviews(
        tickets.number[row], agent, inspector, is_special, reviewed, np.where(is_rated, score, -1), failed
    )


def _judged_again(plan: Plan, chunk: Chunk, score: Ints, failed: Bools, first: Ints) -> tuple[Ints, Bools]:
    """The last rows are second inspections of the rows `first`: near to the first one, seldom the same."""
    random = plan.random("qa_again", chunk.number)
    once = len(score) - len(first)
    near = np.rint(random.normal(score[first], 4)).clip(0, 100).astype(np.int64)
    seen = failed[first] & chance(random, near.size, 0.8).reshape(near.shape)
    return np.concatenate([score[:once], near]), np.concatenate([failed[:once], seen])


def deliver_reviews(month: str, first_number: int, parts: list[Reviews], delivery: Delivery) -> int:
    """Write one month's workbook; returns the number of the next review."""
    reviews: list[Row] = []
    items: list[Row] = []
    for part in parts:
        for row in range(part.count):
            name = f"R{first_number + len(reviews):07d}"
            reviews.append([name, *_review(part, row)])
            items += ([name, *item] for item in _items(part, row))
    sheets = [
        Sheet("qa_qa_reviews", "Reviews", REVIEW_HEADER, reviews),
        Sheet("qa_qa_review_items", "Items", ITEM_HEADER, items),
    ]
    delivery.workbook(f"qa/qa_{month}.xlsx", sheets)
    return first_number + len(reviews)


def _review(part: Reviews, row: int) -> Row:
    inspector, kind = INSPECTORS[part.inspector[row]]
    ticket, agent = f"T{part.ticket[row]:08d}", agent_id(int(part.agent[row]))
    inspection = "专项" if part.is_special[row] else "日常"
    return [ticket, agent, inspector, kind, inspection, local_stamp(int(part.reviewed[row]))]


def _items(part: Reviews, row: int) -> list[Row]:
    scores, failures = part.score[row].tolist(), part.critical_failed[row].tolist()
    return [
        [label, weight, None if score < 0 else score, "NY"[critical], "NY"[failed]]
        for (label, weight), score, critical, failed in zip(
            CRITERIA.items(), scores, CRITICAL.tolist(), failures, strict=True
        )
    ]
