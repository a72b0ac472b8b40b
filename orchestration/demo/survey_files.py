"""Delivers the surveys of one chunk, their attributes and SERVQUAL pairs, as JSON lines in UTC."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo import columns as col
from orchestration.demo.answers import (
    ATTRIBUTES,
    COMMENTS,
    CONTACT_WAYS,
    QUESTIONS,
    SOLVED,
    Answers,
)
from orchestration.demo.feedback import CSAT, FLAGS, KINDS, SCALE_MAX, SCALE_MIN, SERVQUAL, Surveys
from orchestration.demo.numbers import agent_ids, complaint_ids, customer_ids, emails, ticket_ids
from orchestration.demo.plan import NEVER, Chunk, Ints
from orchestration.demo.tickets import Tickets
from orchestration.demo.writers import Delivery

LETTERS = list("CNEBKQ")  # of the kinds, in survey numbers
IS_ENGLISH = np.array([text.isascii() for text in COMMENTS])


def deliver_surveys(
    chunk: Chunk, surveys: Surveys, answers: Answers, tickets: Tickets, delivery: Delivery
) -> None:
    """Append the chunk to its month's three files."""
    header = _asked(surveys, answers, tickets) | _answered(surveys, answers)
    delivery.json_lines("survey_surveys", f"survey/surveys_{chunk.month}.jsonl", header)
    file = f"survey/survey_answers_{chunk.month}.jsonl"
    delivery.json_lines("survey_survey_answers", file, _items(surveys, answers))
    if chunk.is_last_of_month:
        file = f"survey/servqual_items_{chunk.month}.jsonl"
        delivery.json_lines("survey_servqual_items", file, _servqual_items(surveys, answers))


def survey_ids(kind: Ints, number: Ints) -> pa.Array:
    """The survey tool's numbers: a letter for the kind, then the number of what it asks about."""
    return pc.binary_join_element_wise("S", col.labels(LETTERS, kind), col.ids("", number, 8), "")


def _asked(surveys: Surveys, answers: Answers, tickets: Tickets) -> dict[str, pa.Array]:
    """About what, whom and when it was asked."""
    kind, count = surveys.kind, len(surveys.kind)
    return {
        "survey_id": survey_ids(kind, surveys.number),
        "kind": col.labels(KINDS, kind),
        "ticket": ticket_ids(tickets.number[surveys.ticket], surveys.ticket < 0),
        "order": pa.nulls(count, pa.string()),
        "complaint": complaint_ids(surveys.number, surveys.complaint < 0),
        "customer": customer_ids(surveys.customer, surveys.number),
        "agent": agent_ids(surveys.agent),
        "channel": col.labels(CONTACT_WAYS, answers.way),
        "sent_at": col.zulu(surveys.sent),
    }


def _answered(surveys: Surveys, answers: Answers) -> dict[str, pa.Array]:
    """What came back, and what was said to it."""
    kind, received, comment = surveys.kind, surveys.is_received, answers.comment
    changed = np.where(received, surveys.responded, surveys.sent)
    return {
        "responded_at": col.zulu(surveys.responded),
        "score": col.integers(surveys.score, surveys.score < 0),
        "scale_min": col.integers(SCALE_MIN[kind]),
        "scale_max": col.integers(SCALE_MAX[kind]),
        "items_asked": col.integers(QUESTIONS[kind]),
        "items_answered": col.integers(answers.answered),
        "comment": col.labels(COMMENTS, comment),
        "comment_language": col.yes_no(IS_ENGLISH[comment], comment < 0, ("zh", "en")),
        "flag": col.labels(FLAGS, surveys.flag),
        "reply_due_at": col.zulu(answers.reply_due),
        "replied_at": col.zulu(answers.replied),
        "respondent_email": emails(np.where(received, surveys.customer, -1)),
        "updated_at": col.zulu(np.where(answers.replied < NEVER, answers.replied, changed)),
    }


def _items(surveys: Surveys, answers: Answers) -> dict[str, pa.Array]:
    """A row per survey and attribute answered."""
    row, is_solved = answers.item_row, answers.item == SOLVED
    return {
        "survey_id": survey_ids(surveys.kind[row], surveys.number[row]),
        "item": col.labels([*ATTRIBUTES, "solved"], answers.item),
        "score": col.integers(answers.item_score),
        "scale_min": col.integers(np.where(is_solved, 0, 1)),
        "scale_max": col.integers(np.where(is_solved, 1, SCALE_MAX[CSAT])),
    }


def _servqual_items(surveys: Surveys, answers: Answers) -> dict[str, pa.Array]:
    """A row per SERVQUAL survey and pair."""
    row = answers.pair_row
    return {
        "survey_id": survey_ids(surveys.kind[row], surveys.number[row]),
        "item": col.integers(answers.pair_item),
        "expectation": col.integers(answers.expectation),
        "perception": col.integers(answers.perception, answers.is_skipped),
        "scale_min": col.integers(np.full(len(row), SCALE_MIN[SERVQUAL])),
        "scale_max": col.integers(np.full(len(row), SCALE_MAX[SERVQUAL])),
    }
