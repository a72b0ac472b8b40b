"""Draws the tickets of one chunk as they come in: when, from whom, by which channel, on what."""

import numpy as np

from orchestration.demo.draws import chance, choice
from orchestration.demo.plan import HOUR, SHANGHAI, Bools, Chunk, Floats, Ints, Plan
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import COMPLEXITY_WEIGHTS, EXEMPTION_LABELS, Tickets
from orchestration.demo.vocabulary import (
    CHANNEL_WEIGHTS,
    PRIORITY_WEIGHTS,
    PRODUCTS,
    REQUEST_WEIGHTS,
    RISING_TOPIC,
    TOPIC_WEIGHTS,
    TOPICS,
)

DAY_WEIGHTS = np.array([10, 10, 7, 6, 11, 11, 10])  # from Thursday: the epoch was one
HOUR_WEIGHTS = np.array([1, 1, 1, 1, 1, 1, 2, 4, 9, 14, 16, 14, 10, 12, 14, 15, 14, 12, 9, 8, 7, 6, 4, 2])
EXCLUSION_WEIGHTS = [9730, 90, 70, 60, 50]
UNKNOWN_CUSTOMER_SHARE = 0.0005


def take_in(plan: Plan, chunk: Chunk, staff: Staff, random: np.random.Generator) -> Tickets:
    """Tickets with their attributes and `created`, and no other stamp yet."""
    count = chunk.tickets
    own = plan.random("complexity", chunk.number)
    created = _arrivals(plan, chunk, random)
    priority = choice(random, count, PRIORITY_WEIGHTS)
    return Tickets(
        number=np.arange(chunk.first_ticket, chunk.first_ticket + count),
        customer=_customers(plan, chunk, random),
        channel=choice(random, count, CHANNEL_WEIGHTS),
        request=choice(random, count, REQUEST_WEIGHTS),
        first_priority=priority,
        priority=priority,
        topic=_topics(random, created >= plan.slip_start),
        product=random.integers(0, len(PRODUCTS), count),
        is_chinese=chance(random, count, 0.75),
        exclusion=choice(random, count, EXCLUSION_WEIGHTS),
        needs_answer=chance(random, count, 0.97),
        agents=_assignees(random, count, staff.on_duty(chunk)),
        is_impossible=np.zeros(count, dtype=bool),
        is_confirmed=chance(random, count, 0.88),
        complexity=choice(own, count, COMPLEXITY_WEIGHTS),
        is_on_hold=chance(own, count, 0.25),
        exemption=choice(own, count, [1] * len(EXEMPTION_LABELS)),
        stamps={"created": created},
    )


def _arrivals(plan: Plan, chunk: Chunk, random: np.random.Generator) -> Ints:
    """Sorted stamps, busier on weekdays and in daytime; the very last ticket comes in the last second."""
    hours = np.arange(chunk.start, chunk.end, HOUR)
    local = (hours + SHANGHAI) // HOUR
    weights = DAY_WEIGHTS[local // 24 % 7] * HOUR_WEIGHTS[local % 24]
    drawn = hours[choice(random, chunk.tickets, weights.tolist())] + random.integers(0, HOUR, chunk.tickets)
    drawn.sort()
    if chunk.end > plan.horizon:
        drawn[-1:] = plan.horizon
    return drawn


def _customers(plan: Plan, chunk: Chunk, random: np.random.Generator) -> Ints:
    """Indices, some customers asking much more often than others; at least one unknown per chunk."""
    skewed: Floats = random.random(chunk.tickets) ** 1.6
    unknown: Bools = random.random(chunk.tickets) < UNKNOWN_CUSTOMER_SHARE
    unknown[:1] = True
    return np.where(unknown, -1, (skewed * plan.customers).astype(np.int64))


def _topics(random: np.random.Generator, rising: Bools) -> Ints:
    """Topics; while `rising`, every sixth ticket is about the rising topic whatever it was."""
    topics = choice(random, len(rising), TOPIC_WEIGHTS)
    taken = rising & (random.random(len(rising)) < 1 / 6)
    return np.where(taken, TOPICS.index(RISING_TOPIC), topics)


def _assignees(random: np.random.Generator, count: int, on_duty: Ints) -> list[Ints]:
    """Three assignees per ticket, each different from the one before."""
    first = random.integers(0, len(on_duty), count)
    second = (first + 1 + random.integers(0, len(on_duty) - 1, count)) % len(on_duty)
    third = (second + 1 + random.integers(0, len(on_duty) - 1, count)) % len(on_duty)
    return [on_duty[first], on_duty[second], on_duty[third]]
