"""Draws what came back beside the overall score: items, comments, SERVQUAL pairs, and the replies to them."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.draws import Random, chance
from orchestration.demo.feedback import (
    CALLBACK,
    CSAT,
    NPS,
    SCALE_MAX,
    SCALE_MIN,
    SERVQUAL,
    Surveys,
)
from orchestration.demo.plan import HOUR, NEVER, Bools, Chunk, Ints, Plan
from orchestration.demo.vocabulary import COMMENTS_BAD, COMMENTS_GOOD, WITH_PERSONAL

CONTACT_WAYS = ["sms", "email", "wechat", "phone", "app"]
ATTRIBUTES = [
    "response_time",
    "efficiency",
    "attitude",
    "professionalism",
    "quality",
    "product",
    "after_sales",
]
SOLVED = len(ATTRIBUTES)  # the item of call-backs
SERVQUAL_ITEMS = 22
RELIABILITY = range(5, 10)  # the items in which perception falls short
QUESTIONS = np.array([8, 1, 1, 2, 1, 2 * SERVQUAL_ITEMS])
COMMENTS = [*COMMENTS_GOOD, *COMMENTS_BAD, *WITH_PERSONAL]
REPLY_WITHIN = 48 * HOUR
DETRACTOR = 6


@dataclass
class Answers:
    """What came back in one chunk; `item_*` and `pair_*` have a row per item, `*_row` is the survey's."""

    way: Ints
    comment: Ints  # index, -1 = none
    answered: Ints  # items
    reply_due: Ints
    replied: Ints
    item_row: Ints
    item: Ints
    item_score: Ints
    pair_row: Ints
    pair_item: Ints
    expectation: Ints
    perception: Ints
    is_skipped: Bools

    @property
    def is_solved(self) -> Ints:
        """Per survey what the customer said in a call-back: 1 solved, 0 not, -1 not asked."""
        said = np.full(len(self.way), -1)
        asked = self.item == SOLVED
        said[self.item_row[asked]] = self.item_score[asked]
        return said


def draw_answers(plan: Plan, chunk: Chunk, surveys: Surveys) -> Answers:
    """The answers of the chunk, and the replies to low scores and comments until the horizon."""
    random = plan.random("answers", chunk.number)
    kind, count = surveys.kind, len(surveys.kind)
    has_items = surveys.is_filled_in & (chance(random, count, 0.6) | (kind == CALLBACK))
    way = np.where(kind == SERVQUAL, -1, random.integers(0, len(CONTACT_WAYS), count))
    comment = _comments(random, surveys)
    given = np.where(has_items | (kind == SERVQUAL), QUESTIONS[kind], 1)
    item_row, item, item_score = _items(random, surveys, has_items)
    *pairs, is_skipped = _pairs(random, surveys) if chunk.is_last_of_month else _no_pairs()
    pair_row, pair_item, expectation, perception = pairs
    due, replied = _replies(plan.random("feedback_replies", chunk.number), surveys, comment, plan.horizon)
    return Answers(
        way=way,
        comment=comment,
        answered=np.where(surveys.is_filled_in, given, 0),
        reply_due=due,
        replied=replied,
        item_row=item_row,
        item=item,
        item_score=item_score,
        pair_row=pair_row,
        pair_item=pair_item,
        expectation=expectation,
        perception=perception,
        is_skipped=is_skipped,
    )


def _comments(random: Random, surveys: Surveys) -> Ints:
    """Good or bad as the score; every twelfth holds a phone number or an address."""
    kind, count = surveys.kind, len(surveys.kind)
    is_bad = 2 * surveys.score <= SCALE_MIN[kind] + SCALE_MAX[kind]
    comment = np.where(is_bad, len(COMMENTS_GOOD), 0) + random.integers(0, len(COMMENTS_GOOD), count)
    personal = len(COMMENTS) - 1 - random.integers(0, len(WITH_PERSONAL), count)
    comment = np.where(chance(random, count, 0.08), personal, comment)
    return np.where(surveys.is_filled_in & chance(random, count, 0.4), comment, -1)


def _items(random: Random, surveys: Surveys, has_items: Bools) -> tuple[Ints, Ints, Ints]:
    """Seven attributes near the score per CSAT answer that has items, and `solved` per call-back."""
    rated = np.flatnonzero((surveys.kind == CSAT) & has_items)
    called = np.flatnonzero((surveys.kind == CALLBACK) & has_items)
    row = np.concatenate([np.repeat(rated, len(ATTRIBUTES)), called])
    item = np.concatenate([np.tile(np.arange(len(ATTRIBUTES)), len(rated)), np.full(len(called), SOLVED)])
    near = np.clip(surveys.score[row] + random.integers(-1, 2, len(row)), 1, SCALE_MAX[CSAT])
    solved = chance(random, len(row), 0.95)
    return row, item, np.where(item == SOLVED, solved, near)


def _pairs(random: Random, surveys: Surveys) -> tuple[Ints, Ints, Ints, Ints, Bools]:
    """22 pairs per SERVQUAL survey that was filled in; one perception of fifty is skipped."""
    filled_in = np.flatnonzero((surveys.kind == SERVQUAL) & surveys.is_filled_in)
    row = np.repeat(filled_in, SERVQUAL_ITEMS)
    item = np.tile(np.arange(1, SERVQUAL_ITEMS + 1), len(filled_in))
    short = np.where(np.isin(item, RELIABILITY), 1.0, 0.5)
    expectation = _on_scale(random.normal(5.9, 0.8, len(row)))
    perception = _on_scale(random.normal(5.9 - short, 1.1, len(row)))
    return row, item, expectation, perception, chance(random, len(row), 0.02)


def _no_pairs() -> tuple[Ints, Ints, Ints, Ints, Bools]:
    none = np.zeros(0, dtype=np.int64)
    return none, none, none, none, none > 0


def _on_scale(values: np.typing.NDArray[np.float64]) -> Ints:
    return np.clip(np.rint(values), SCALE_MIN[SERVQUAL], SCALE_MAX[SERVQUAL]).astype(np.int64)


def is_low(surveys: Surveys) -> Bools:
    """Below the middle of the scale; of recommendations, a detractor."""
    middle = SCALE_MIN[surveys.kind] + SCALE_MAX[surveys.kind]
    below = np.where(surveys.kind == NPS, surveys.score <= DETRACTOR, 2 * surveys.score < middle)
    return np.asarray(below & (surveys.score >= 0))


def _replies(random: Random, surveys: Surveys, comment: Ints, horizon: int) -> tuple[Ints, Ints]:
    """By when low scores and comments must be answered, and when they were: most of them in time."""
    count = len(surveys.kind)
    is_due = surveys.is_received & (surveys.flag == 0) & (is_low(surveys) | (comment >= 0))
    after = 600 + random.lognormal(np.log(11 * HOUR), 0.8, count).astype(np.int64)
    replied = surveys.responded + after
    is_replied = is_due & chance(random, count, 0.97) & (replied <= horizon)
    due = np.where(is_due, surveys.responded + REPLY_WITHIN, NEVER)
    return due, np.where(is_replied, replied, NEVER)
