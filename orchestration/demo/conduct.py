"""Draws how each ticket of one chunk was conducted: registration, ownership, record, dossier, follow-up."""

import numpy as np

from orchestration.demo.draws import chance
from orchestration.demo.plan import DAY, HOUR, NEVER, Chunk, Plan
from orchestration.demo.tickets import Conduct, Tickets

DOSSIER_LABELS = ["request", "execution", "confirmation", "feedback", "change"]
NEVER_REGISTERED, REGISTERED_LATE = 0.004, 0.012
LAST_FOLLOW_UP = 9 * DAY  # two days later than the rule allows


def draw_conduct(plan: Plan, chunk: Chunk, tickets: Tickets) -> Conduct:
    """Add the stamps of registration, change of owner and follow-up; return the rest."""
    random, count = plan.random("conduct", chunk.number), tickets.count
    stamps = tickets.stamps
    answered = stamps["answered"]
    early = tickets.created + random.integers(0, 4, count)
    late = np.where(answered < NEVER, answered, tickets.created) + random.integers(60, HOUR, count)
    registered = np.where(chance(random, count, REGISTERED_LATE), late, early)
    stamps["registered"] = np.where(chance(random, count, NEVER_REGISTERED), NEVER, registered)
    for step, limit in ((1, "reassigned_2"), (2, "resolved")):
        received = stamps[f"reassigned_{step}"]
        taken = received + random.lognormal(np.log(25 * 60), 0.8, count).astype(np.int64)
        looked = (received < NEVER) & (taken < stamps[limit]) & chance(random, count, 0.9)
        stamps[f"taken_{step}"] = np.where(looked, taken, NEVER)
    passed_on = (stamps["reassigned_1"] < NEVER) & chance(random, count, 0.4)
    stamps["owner_changed"] = np.where(passed_on, stamps["reassigned_1"], NEVER)
    after = random.integers(HOUR, LAST_FOLLOW_UP, count)
    asked = (stamps["closed"] < NEVER) & chance(random, count, 0.4)
    stamps["followed_up"] = np.where(asked, stamps["closed"] + after, NEVER)
    parts = chance(random, count * len(DOSSIER_LABELS), 0.985).reshape(count, -1)
    return Conduct(
        has_contact=chance(random, count, 0.992),
        has_description=chance(random, count, 0.995),
        has_error=chance(random, count, 0.015),
        is_agreed_switch=chance(random, count, 0.3),
        dossier=parts @ (1 << np.arange(len(DOSSIER_LABELS))),
    )
