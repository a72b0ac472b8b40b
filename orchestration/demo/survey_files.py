"""Delivers the surveys of one chunk, their attributes and SERVQUAL pairs, as JSON lines in UTC."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo import columns as col
from orchestration.demo.draws import Random, chance
from orchestration.demo.feedback import (
    CALLBACK,
    CSAT,
    FLAGS,
    KINDS,
    SCALE_MAX,
    SCALE_MIN,
    SERVQUAL,
    Surveys,
)
from orchestration.demo.numbers import agent_ids, complaint_ids, customer_ids, emails, ticket_ids
from orchestration.demo.plan import Bools, Chunk, Ints, Plan
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import COMMENTS_BAD, COMMENTS_GOOD, WITH_PERSONAL
from orchestration.demo.writers import Delivery

LETTERS = list("CNEBKQ")  # of the kinds, in survey numbers
ATTRIBUTES = [
    "response_time",
    "efficiency",
    "attitude",
    "professionalism",
    "quality",
    "product",
    "after_sales",
]
SOLVED = len(ATTRIBUTES)
SERVQUAL_ITEMS = 22
RELIABILITY = range(5, 10)  # the items in which perception falls short
QUESTIONS = np.array([8, 1, 1, 2, 1, 2 * SERVQUAL_ITEMS])
CONTACT_WAYS = ["sms", "email", "wechat", "phone", "app"]
COMMENTS = [*COMMENTS_GOOD, *COMMENTS_BAD, *WITH_PERSONAL]
IS_ENGLISH = np.array([text.isascii() for text in COMMENTS])


def deliver_surveys(plan: Plan, chunk: Chunk, surveys: Surveys, tickets: Tickets, delivery: Delivery) -> None:
    """Append the chunk to its month's three files."""
    random = plan.random("answers", chunk.number)
    has_items = surveys.is_filled_in & (chance(random, len(surveys.kind), 0.6) | (surveys.kind == CALLBACK))
    header = _asked(random, surveys, tickets) | _answered(random, surveys, has_items)
    delivery.json_lines("survey_surveys", f"survey/surveys_{chunk.month}.jsonl", header)
    file = f"survey/survey_answers_{chunk.month}.jsonl"
    delivery.json_lines("survey_survey_answers", file, _items(random, surveys, has_items))
    if chunk.is_last_of_month:
        file = f"survey/servqual_items_{chunk.month}.jsonl"
        delivery.json_lines("survey_servqual_items", file, _servqual_items(random, surveys))


def survey_ids(kind: Ints, number: Ints) -> pa.Array:
    """The survey tool's numbers: a letter for the kind, then the number of what it asks about."""
    return pc.binary_join_element_wise("S", col.labels(LETTERS, kind), col.ids("", number, 8), "")


def _asked(random: Random, surveys: Surveys, tickets: Tickets) -> dict[str, pa.Array]:
    """About what, whom and when it was asked."""
    kind, count = surveys.kind, len(surveys.kind)
    way = np.where(kind == SERVQUAL, -1, random.integers(0, len(CONTACT_WAYS), count))
    return {
        "survey_id": survey_ids(kind, surveys.number),
        "kind": col.labels(KINDS, kind),
        "ticket": ticket_ids(tickets.number[surveys.ticket], surveys.ticket < 0),
        "order": pa.nulls(count, pa.string()),
        "complaint": complaint_ids(surveys.number, surveys.complaint < 0),
        "customer": customer_ids(surveys.customer, surveys.number),
        "agent": agent_ids(surveys.agent),
        "channel": col.labels(CONTACT_WAYS, way),
        "sent_at": col.zulu(surveys.sent),
    }


def _answered(random: Random, surveys: Surveys, has_items: Bools) -> dict[str, pa.Array]:
    """What came back; every twelfth comment holds a phone number or an address."""
    kind, received, count = surveys.kind, surveys.is_received, len(surveys.kind)
    is_bad = 2 * surveys.score <= SCALE_MIN[kind] + SCALE_MAX[kind]
    comment = np.where(is_bad, len(COMMENTS_GOOD), 0) + random.integers(0, len(COMMENTS_GOOD), count)
    personal = len(COMMENTS) - 1 - random.integers(0, len(WITH_PERSONAL), count)
    comment = np.where(chance(random, count, 0.08), personal, comment)
    comment = np.where(surveys.is_filled_in & chance(random, count, 0.4), comment, -1)
    answered = np.where(has_items | (kind == SERVQUAL), QUESTIONS[kind], 1)
    return {
        "responded_at": col.zulu(surveys.responded),
        "score": col.integers(surveys.score, surveys.score < 0),
        "scale_min": col.integers(SCALE_MIN[kind]),
        "scale_max": col.integers(SCALE_MAX[kind]),
        "items_asked": col.integers(QUESTIONS[kind]),
        "items_answered": col.integers(np.where(surveys.is_filled_in, answered, 0)),
        "comment": col.labels(COMMENTS, comment),
        "comment_language": col.yes_no(IS_ENGLISH[comment], comment < 0, ("zh", "en")),
        "flag": col.labels(FLAGS, surveys.flag),
        "respondent_email": emails(np.where(received, surveys.customer, -1)),
        "updated_at": col.zulu(np.where(received, surveys.responded, surveys.sent)),
    }


def _items(random: Random, surveys: Surveys, has_items: Bools) -> dict[str, pa.Array]:
    """Seven attributes near the score per CSAT answer that has items, and `solved` per call-back."""
    rated = np.flatnonzero((surveys.kind == CSAT) & has_items)
    called = np.flatnonzero((surveys.kind == CALLBACK) & has_items)
    row = np.concatenate([np.repeat(rated, len(ATTRIBUTES)), called])
    item = np.concatenate([np.tile(np.arange(len(ATTRIBUTES)), len(rated)), np.full(len(called), SOLVED)])
    near = np.clip(surveys.score[row] + random.integers(-1, 2, len(row)), 1, SCALE_MAX[CSAT])
    solved = chance(random, len(row), 0.95)
    is_solved = item == SOLVED
    return {
        "survey_id": survey_ids(surveys.kind[row], surveys.number[row]),
        "item": col.labels([*ATTRIBUTES, "solved"], item),
        "score": col.integers(np.where(is_solved, solved, near)),
        "scale_min": col.integers(np.where(is_solved, 0, 1)),
        "scale_max": col.integers(np.where(is_solved, 1, SCALE_MAX[CSAT])),
    }


def _servqual_items(random: Random, surveys: Surveys) -> dict[str, pa.Array]:
    """22 pairs per SERVQUAL survey that was filled in; one perception of fifty is skipped."""
    filled_in = np.flatnonzero((surveys.kind == SERVQUAL) & surveys.is_filled_in)
    row = np.repeat(filled_in, SERVQUAL_ITEMS)
    item = np.tile(np.arange(1, SERVQUAL_ITEMS + 1), len(filled_in))
    short = np.where(np.isin(item, RELIABILITY), 1.0, 0.5)
    expectation = _on_scale(random.normal(5.9, 0.8, len(row)))
    perception = _on_scale(random.normal(5.9 - short, 1.1, len(row)))
    return {
        "survey_id": survey_ids(surveys.kind[row], surveys.number[row]),
        "item": col.integers(item),
        "expectation": col.integers(expectation),
        "perception": col.integers(perception, chance(random, len(row), 0.02)),
        "scale_min": col.integers(np.full(len(row), SCALE_MIN[SERVQUAL])),
        "scale_max": col.integers(np.full(len(row), SCALE_MAX[SERVQUAL])),
    }


def _on_scale(values: np.typing.NDArray[np.float64]) -> Ints:
    return np.clip(np.rint(values), SCALE_MIN[SERVQUAL], SCALE_MAX[SERVQUAL]).astype(np.int64)
