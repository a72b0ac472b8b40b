"""Writes a demo company into an inbox, as its systems deliver, and the ground truth beside the inbox."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from orchestration.demo.answers import draw_answers
from orchestration.demo.bot import deliver_sessions, draw_sessions
from orchestration.demo.coaching import Coaching
from orchestration.demo.complaint_files import deliver_complaints
from orchestration.demo.complaints import draw_complaints
from orchestration.demo.customers import deliver_customers, deliver_planned_contacts
from orchestration.demo.dirt import add_dirt
from orchestration.demo.event_files import deliver_events
from orchestration.demo.feedback import draw_surveys
from orchestration.demo.ground_truth import GroundTruth
from orchestration.demo.inspections import Reviews, deliver_reviews, draw_reviews
from orchestration.demo.lifecycle import simulate
from orchestration.demo.numbers import canaries
from orchestration.demo.operations import deliver_operations
from orchestration.demo.organisation import deliver_organisation
from orchestration.demo.plan import Chunk, Plan
from orchestration.demo.questions import deliver_questions, draw_questions
from orchestration.demo.shop import deliver_orders, draw_orders
from orchestration.demo.staff import Staff, make_staff
from orchestration.demo.stages import deliver_stages, draw_stages
from orchestration.demo.survey_files import deliver_surveys
from orchestration.demo.telephony import deliver_calls, draw_calls
from orchestration.demo.ticket_files import deliver_headers
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import PERSONAL
from orchestration.demo.workforce import deliver_workforce
from orchestration.demo.writers import Delivery

GROUND_TRUTH = "demo_ground_truth.json"
UNTIL = date(2026, 10, 31)
Progress = Callable[[str], object]


def write_company(
    inbox: Path,
    *,
    tickets: int = 30_000,
    months: int = 14,
    seed: int = 7,
    until: date = UNTIL,
    progress: Progress | None = None,
    reporting_time_zone: str = "UTC",
    ground_truth: bool = True,
) -> Path:
    """Write `inbox/<source>/...`; return the path of the ground truth, `<inbox>/../demo_ground_truth.json`.

    Without `ground_truth`, which takes longer than the files, there is none.

    The data end at 23:59:59 UTC of `until`; the same arguments give the same bytes in every directory.
    Files of the same names are replaced. `reporting_time_zone` only cuts the periods of the ground truth.
    Memory stays bounded whatever the number of tickets. Raises ValueError for sizes that make no company.
    """
    plan = Plan(tickets, months, seed, until)
    partial = inbox.parent / ".demo_partial"
    shutil.rmtree(partial, ignore_errors=True)
    delivery = Delivery(partial)
    document = _deliver(plan, delivery, reporting_time_zone, progress or _silent)
    path = inbox.parent / GROUND_TRUTH
    path.unlink(missing_ok=True)
    if ground_truth:
        text = json.dumps(document(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
    # A file stands in the inbox only when it is whole: somebody may be watching.
    for name in delivery.rows:
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (partial / name).replace(inbox / name)
    shutil.rmtree(partial)
    return path


def _silent(_message: str) -> None:
    """Progress that nobody asked for."""


def _deliver(plan: Plan, delivery: Delivery, time_zone: str, say: Progress) -> Callable[[], dict[str, Any]]:
    """Write all files; returns what makes the ground truth of what was counted on the way."""
    staff = make_staff(plan)
    say(f"{plan.customers:,} customers, {staff.count} agents")
    deliver_organisation(staff, delivery)
    truth = GroundTruth(plan, staff, deliver_customers(plan, delivery), time_zone)
    truth.base.add_planned_contacts(deliver_planned_contacts(plan, delivery), staff)
    roster = deliver_workforce(plan, staff, delivery)
    coaching = _deliver_chunks(plan, staff, delivery, truth, say)
    operations = deliver_operations(plan, coaching.rows(), delivery)
    dirt = add_dirt(delivery, plan.chunks()[0].month)
    known = [*canaries(plan), *PERSONAL]
    return lambda: truth.document(dirt, delivery.rows, known, roster, operations)


def _deliver_chunks(
    plan: Plan, staff: Staff, delivery: Delivery, truth: GroundTruth, say: Progress
) -> Coaching:
    """Everything that grows with the tickets; a month's inspections wait for the month's last chunk."""
    next_review = 1
    coaching = Coaching(plan)
    waiting: list[Reviews] = []
    for chunk in plan.chunks():
        tickets = simulate(plan, chunk, staff)
        complaints = draw_complaints(plan, chunk, tickets, staff)
        surveys = draw_surveys(plan, chunk, tickets, complaints, staff)
        answers = draw_answers(plan, chunk, surveys)
        orders = draw_orders(plan, chunk)
        questions = draw_questions(plan, chunk, tickets, staff)
        waiting.append(draw_reviews(plan, chunk, tickets, staff))
        deliver_headers(plan, chunk, tickets, staff, delivery)
        deliver_events(chunk, tickets, staff, delivery)
        stages = draw_stages(plan, chunk, tickets)
        deliver_stages(chunk, stages, tickets, delivery)
        deliver_complaints(plan, chunk, complaints, tickets, delivery)
        deliver_surveys(chunk, surveys, answers, tickets, delivery)
        deliver_orders(plan, chunk, orders, delivery)
        deliver_questions(chunk, questions, delivery)
        truth.add(
            tickets,
            complaints=complaints,
            surveys=surveys,
            answers=answers,
            orders=orders,
            reviews=waiting[-1],
        )
        truth.base.add_questions(questions)
        _deliver_contacts(plan, chunk, tickets, staff, delivery, truth=truth)
        coaching.add(waiting[-1])
        truth.add_process(tickets, stages, complaints)
        if chunk.is_last_of_month:
            next_review = deliver_reviews(chunk.month, next_review, waiting, delivery)
            waiting = []
            say(f"{chunk.month}: {chunk.first_ticket + chunk.tickets - 1:,} tickets")
    return coaching


def _deliver_contacts(
    plan: Plan, chunk: Chunk, tickets: Tickets, staff: Staff, delivery: Delivery, *, truth: GroundTruth
) -> None:
    """What the bot and the telephone switch saw of the tickets' customers, and of others."""
    sessions = draw_sessions(plan, chunk, tickets)
    deliver_sessions(plan, chunk, sessions, tickets, delivery)
    calls = draw_calls(plan, chunk, tickets, staff)
    deliver_calls(chunk, calls, tickets, delivery)
    truth.contact.add_calls(calls)
    truth.contact.bot.add(sessions, tickets)
