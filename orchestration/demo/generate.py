"""Writes a demo company into an inbox, as its systems deliver, and the ground truth beside the inbox."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from orchestration.demo.complaints import deliver_complaints, draw_complaints
from orchestration.demo.customers import (
    canaries,
    deliver_customers,
    deliver_organisation,
    deliver_planned_contacts,
)
from orchestration.demo.dirt import add_dirt
from orchestration.demo.feedback import PERSONAL, deliver_surveys, draw_surveys
from orchestration.demo.ground_truth import GroundTruth
from orchestration.demo.inspections import Reviews, deliver_reviews, draw_reviews
from orchestration.demo.lifecycle import simulate
from orchestration.demo.plan import Plan
from orchestration.demo.service_desk import deliver_tickets
from orchestration.demo.shop import deliver_bot_sessions, deliver_orders, draw_orders
from orchestration.demo.staff import Staff, make_staff
from orchestration.demo.workforce import deliver_workforce
from orchestration.demo.writers import Delivery

GROUND_TRUTH = "demo_ground_truth.json"
Progress = Callable[[str], None]


def write_company(
    inbox: Path, *, tickets: int = 30_000, months: int = 14, seed: int = 7, until: date = date(2026, 10, 31),
    progress: Progress | None = None, reporting_time_zone: str = "UTC",
) -> Path:  # fmt: skip
    """Write `inbox/<source>/...` and return the path of the ground truth, `<inbox>/../demo_ground_truth.json`.

    The data end at 23:59:59 UTC of `until`; the same arguments give the same bytes in every directory. Files of the
    same names are overwritten. `reporting_time_zone` only cuts the periods of the ground truth. Memory stays bounded
    whatever the number of tickets. Raises ValueError for sizes that make no company.
    """
    plan = Plan(tickets, months, seed, until)
    delivery = Delivery(inbox)
    staff = make_staff(plan)
    say = progress or (lambda message: None)
    say(f"{plan.customers:,} customers, {staff.count} agents")
    deliver_organisation(plan, staff, delivery)
    deliver_customers(plan, delivery)
    deliver_planned_contacts(plan, staff, delivery)
    deliver_workforce(plan, staff, delivery)
    truth = GroundTruth(plan, staff, reporting_time_zone)
    _write_chunks(plan, staff, delivery, truth, say)
    dirt = add_dirt(delivery, plan.chunks()[0].month)
    path = inbox.parent / GROUND_TRUTH
    document = truth.document(dirt, delivery.rows, [*canaries(plan), *PERSONAL])
    path.write_text(
        json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n",
        encoding="utf-8",
    )
    return path


def _write_chunks(plan: Plan, staff: Staff, delivery: Delivery, truth: GroundTruth, say: Progress) -> None:
    """Everything that grows with the tickets, chunk by chunk; a month's inspections wait for its last chunk."""
    next_review, waiting = 1, list[Reviews]()
    for chunk in plan.chunks():
        tickets = simulate(plan, chunk, staff)
        complaints = draw_complaints(plan, chunk, tickets, staff)
        surveys = draw_surveys(plan, chunk, tickets, complaints, staff)
        orders = draw_orders(plan, chunk)
        waiting.append(draw_reviews(plan, chunk, tickets, staff))
        deliver_tickets(plan, chunk, tickets, staff, delivery)
        deliver_complaints(plan, chunk, tickets, complaints, delivery)
        deliver_surveys(plan, chunk, surveys, tickets, complaints, delivery)
        deliver_orders(plan, chunk, orders, delivery)
        deliver_bot_sessions(plan, chunk, tickets, delivery)
        truth.add(tickets, complaints, surveys, orders, waiting[-1])
        if chunk.part_of_month == chunk.parts_in_month - 1:
            next_review = deliver_reviews(chunk.month, next_review, waiting, delivery)
            waiting = []
            say(f"{chunk.month}: {chunk.first_ticket + chunk.tickets - 1:,} tickets")
