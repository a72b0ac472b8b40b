"""Draws and delivers the stages that each ticket of one chunk went through, with the owner of each."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo import columns as col
from orchestration.demo.draws import Random, chance
from orchestration.demo.numbers import agent_ids, ticket_ids
from orchestration.demo.plan import DAY, HOUR, NEVER, Chunk, Ints, Plan
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import TICKET_STAGES
from orchestration.demo.writers import Delivery

IDENTIFY, ANALYSE, PLAN, EXECUTE, VERIFY, FOLLOW_UP, ARCHIVE = range(len(TICKET_STAGES))
SKIPPED = {ANALYSE: 0.01, PLAN: 0.015, VERIFY: 0.01, ARCHIVE: 0.005}
SWAPPED, WITHOUT_OWNER = 0.01, 0.02
UNRESOLVED_SPAN = 6 * HOUR


@dataclass
class Stages:
    """Visits by column, sorted by ticket and time; `row` is the row of the ticket in its chunk."""

    row: Ints
    number: Ints  # 1 = the ticket's first visit
    stage: Ints
    entered: Ints
    owner: Ints  # -1 = nobody

    @property
    def left(self) -> Ints:
        """When the next stage of the ticket was entered; NEVER for the last one."""
        is_last = np.append(self.row[1:] != self.row[:-1], True)
        return np.where(is_last, NEVER, np.append(self.entered[1:], NEVER))


def draw_stages(plan: Plan, chunk: Chunk, tickets: Tickets) -> Stages:
    """The visits up to the horizon."""
    random = plan.random("stages", chunk.number)
    entries = [(stage, at) for stage, at in _entries(random, tickets) if len(at)]
    row = np.concatenate([np.flatnonzero(at <= plan.horizon) for _, at in entries])
    stage = np.concatenate([np.full(int((at <= plan.horizon).sum()), stage) for stage, at in entries])
    entered = np.concatenate([at[at <= plan.horizon] for _, at in entries])
    order = np.lexsort((stage, entered, row))
    row, stage, entered = row[order], stage[order], entered[order]
    firsts = np.searchsorted(row, row)
    holder = tickets.holder(entered, row)
    first = np.where(tickets.stamps["assigned"][row] < NEVER, tickets.agents[0][row], -1)
    owner = np.where(holder < 0, first, holder)
    owner = np.where(chance(random, len(row), WITHOUT_OWNER), -1, owner)
    return Stages(row, np.arange(len(row)) - firsts + 1, stage, entered, owner)


def _entries(random: Random, tickets: Tickets) -> list[tuple[int, Ints]]:
    """When each ticket entered each stage, NEVER where it did not; two stages are entered twice."""
    stamps, created, count = tickets.stamps, tickets.created, tickets.count
    resolved, closed, followed = stamps["resolved"], stamps["closed"], stamps["followed_up"]
    is_resolved = resolved < NEVER
    span = np.where(is_resolved, np.maximum(resolved - created, 60), UNRESOLVED_SPAN)
    taken = is_resolved | (stamps["assigned"] < NEVER)
    shares = np.array([0.02, 0.12, 0.25])[:, None] + 0.08 * random.random((3, count))
    analysed, planned, executed = (created + (span * share).astype(np.int64) for share in shares)
    swapped = chance(random, count, SWAPPED)
    archived = np.where(followed < NEVER, followed + 600, closed + random.integers(60, DAY * 5 // 6, count))
    entries = [
        (IDENTIFY, created),
        (ANALYSE, np.where(taken, np.where(swapped, planned, analysed), NEVER)),
        (PLAN, np.where(taken, np.where(swapped, analysed, planned), NEVER)),
        (EXECUTE, np.where(taken, executed, NEVER)),
        (VERIFY, np.where(is_resolved, np.maximum(resolved, created), NEVER)),
        (EXECUTE, stamps["reopened"]),
        (VERIFY, stamps["resolved_again"]),
        (FOLLOW_UP, followed),
        (ARCHIVE, np.where(closed < NEVER, archived, NEVER)),
    ]
    skipped = {stage: chance(random, count, share) for stage, share in SKIPPED.items()}
    return [(stage, np.where(skipped[stage], NEVER, at) if stage in skipped else at) for stage, at in entries]


def deliver_stages(chunk: Chunk, stages: Stages, tickets: Tickets, delivery: Delivery) -> None:
    """Append the chunk to its month's file."""
    columns = {
        "ticket_id": ticket_ids(tickets.number[stages.row]),
        "stage_no": col.integers(stages.number),
        "stage": col.labels(list(TICKET_STAGES.values()), stages.stage),
        "entered": col.local(stages.entered),
        "owner": agent_ids(stages.owner),
    }
    delivery.csv("crm_ticket_stages", f"crm/ticket_stages_{chunk.month}.csv", columns)
