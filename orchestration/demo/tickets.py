"""Holds the tickets of one chunk by column: what was asked, every stamp of their lives, what follows."""

from dataclasses import dataclass, field

import numpy as np

from orchestration.demo.plan import NEVER, Bools, Ints

ROUNDS = 3  # further exchanges after the first reply
AGENT_REPLIES = ["answered", *(f"reply_{i}" for i in range(ROUNDS)), "reply_after_reopen"]


@dataclass
class Conduct:
    """What the CRM's header tells beside stamps, one element per ticket."""

    has_contact: Bools
    has_description: Bools
    has_error: Bools
    is_agreed_switch: Bools
    dossier: Ints  # a bit per part of the dossier


COMPLEXITY_LABELS = ["简单", "标准", "复杂"]
COMPLEXITY_WEIGHTS = [30, 55, 15]
PAUSE_LABELS = ["等待客户", "等待第三方"]
EXEMPTION_LABELS = ["不可抗力", "客户失联", "约定时间"]


@dataclass
class Tickets:
    """One chunk by column, one element per ticket; stamps are UTC epoch seconds, NEVER when absent."""

    number: Ints
    customer: Ints  # index; -1 = a number that the customer file does not know
    channel: Ints
    request: Ints
    first_priority: Ints
    priority: Ints  # in force at the horizon
    topic: Ints
    product: Ints
    is_chinese: Bools
    exclusion: Ints  # 0 = counts
    needs_answer: Bools
    agents: list[Ints]  # first, second and third assignee
    is_impossible: Bools
    is_confirmed: Bools
    complexity: Ints
    is_on_hold: Bools  # its pause waits for a third party, not for the customer
    exemption: Ints  # index of the reason when it is exempted
    stamps: dict[str, Ints] = field(default_factory=dict)
    conduct: Conduct = field(init=False)

    @property
    def count(self) -> int:
        """Number of tickets."""
        return len(self.number)

    @property
    def created(self) -> Ints:
        """When the customer asked."""
        return self.stamps["created"]

    @property
    def first_reply(self) -> Ints:
        """The first public reply of a human, maybe the one after a reopening; NEVER when there is none."""
        return np.asarray(np.min([self.stamps[name] for name in AGENT_REPLIES], axis=0))

    @property
    def resolved(self) -> Ints:
        """The last resolution; NEVER while reopened."""
        stamps = self.stamps
        return np.where(stamps["reopened"] < NEVER, stamps["resolved_again"], stamps["resolved"])

    @property
    def assignee(self) -> Ints:
        """The last assignee's index, -1 when nobody was assigned."""
        return self.holder(np.full(self.count, NEVER - 1), np.arange(self.count))

    def holder(self, stamps: Ints, rows: Ints) -> Ints:
        """The agent's index who held the ticket of each row at each stamp, -1 before the first assignment."""
        holder = np.where(self.stamps["assigned"][rows] <= stamps, self.agents[0][rows], -1)
        for step in (1, 2):
            took_over = self.stamps[f"reassigned_{step}"][rows] <= stamps
            holder = np.where(took_over, self.agents[step][rows], holder)
        return holder

    def counted(self, *names: str) -> Ints:
        """How many of the named stamps happened."""
        return np.asarray(sum((self.stamps[name] < NEVER).astype(np.int64) for name in names))
