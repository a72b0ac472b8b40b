"""Draws and delivers the questions that agents put to other departments about the tickets of one chunk."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo import columns as col
from orchestration.demo.draws import chance, choice
from orchestration.demo.numbers import agent_ids, ticket_ids
from orchestration.demo.plan import HOUR, NEVER, Chunk, Ints, Plan
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import DEPARTMENT_OF_TEAM, DEPARTMENTS
from orchestration.demo.writers import Delivery

SHARE = 0.06  # of the tickets that somebody works on
HOURS_ALLOWED = np.array([4, 8, 24])


@dataclass(frozen=True)
class Questions:
    """Questions by column; `ticket` is the row of the ticket in its chunk, stamps are UTC epoch seconds."""

    number: Ints
    ticket: Ints
    agent: Ints
    asking: Ints  # department
    asked: Ints  # department
    asked_at: Ints
    due_at: Ints
    answered_at: Ints  # NEVER when not


def draw_questions(plan: Plan, chunk: Chunk, tickets: Tickets, staff: Staff) -> Questions:
    """An hour or so after the assignment; nearly all are answered, most of them in time."""
    random = plan.random("questions", chunk.number)
    assigned = tickets.stamps["assigned"]
    asked_at = assigned + random.integers(600, 3 * HOUR, tickets.count)
    row = np.flatnonzero(chance(random, tickets.count, SHARE) & (asked_at <= plan.horizon))
    agent, asked_at = tickets.agents[0][row], asked_at[row]
    asking = DEPARTMENT_OF_TEAM[staff.team_at(agent, asked_at)]
    other = 1 + random.integers(0, len(DEPARTMENTS) - 1, len(row))
    allowed = HOUR * HOURS_ALLOWED[choice(random, len(row), [2, 5, 3])]
    took = (allowed * random.lognormal(np.log(0.35), 0.6, len(row))).astype(np.int64)
    answered = np.where(chance(random, len(row), 0.98), asked_at + took, NEVER)
    return Questions(
        number=tickets.number[row],
        ticket=row,
        agent=agent,
        asking=asking,
        asked=(np.maximum(asking, 0) + other) % len(DEPARTMENTS),
        asked_at=asked_at,
        due_at=asked_at + allowed,
        answered_at=np.where(answered <= plan.horizon, answered, NEVER),
    )


def deliver_questions(chunk: Chunk, questions: Questions, delivery: Delivery) -> None:
    """Append the chunk to its month's file."""
    is_answered = questions.answered_at < NEVER
    columns = {
        "question_id": col.ids("Q", questions.number, 8),
        "ticket_id": ticket_ids(questions.number),
        "asked_by": agent_ids(questions.agent),
        "from_department": col.ids("D", questions.asking + 1, 1, questions.asking < 0),
        "to_department": col.ids("D", questions.asked + 1, 1),
        "asked": col.local(questions.asked_at),
        "due": col.local(questions.due_at),
        "answered": col.local(questions.answered_at),
        "updated_at": col.local(np.where(is_answered, questions.answered_at, questions.asked_at)),
    }
    delivery.csv("crm_department_questions", f"crm/department_questions_{chunk.month}.csv", columns)
