"""Makes the agents, with hiring, team moves and leaving, and tells which team an agent was in at a time."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.plan import DAY, NEVER, SHANGHAI, Bools, Chunk, Floats, Ints, Plan
from orchestration.demo.vocabulary import GIVEN_EN, GIVEN_ZH, SURNAMES_EN, SURNAMES_ZH, TEAMS, TOPICS

ONBOARDING = 30 * DAY  # from hire to the first ticket
JOINERS, LEAVERS, MOVERS, TWICE_MOVERS = 10, 30, 5, 20  # every n-th agent
_SPAN = np.int64(2**33)  # larger than any stamp: agent * _SPAN + stamp sorts by agent, then stamp


@dataclass(frozen=True)
class Staff:
    """Agents by index; the history has a row per agent and change, sorted; stamps are epoch seconds."""

    hired: Ints
    left: Ints  # NEVER while employed
    speed: Floats  # 1 = average, larger is slower
    history_lacking: Ints  # topics that the agent has no skill for
    history_agent: Ints
    history_effective: Ints
    history_team: Ints
    history_is_lead: Ints
    history_is_leaving: Ints

    @property
    def count(self) -> int:
        """Number of agents."""
        return len(self.hired)

    @property
    def history_skills(self) -> list[str]:
        """Skills by row of the history, joined by a bar."""
        topics = np.arange(len(TOPICS))
        return [
            "|".join(TOPICS[topic] for topic in topics[(agent + topics) % len(TOPICS) >= lacking])
            for agent, lacking in zip(self.history_agent, self.history_lacking, strict=True)
        ]

    def team_at(self, agents: Ints, stamps: Ints) -> Ints:
        """Team index of each agent at each stamp; -1 where the agent is -1 or was not employed yet."""
        found = self._row_at(agents, stamps)
        return np.where(found >= 0, self.history_team[found], -1)

    def holds(self, agents: Ints, stamps: Ints, topics: Ints) -> Bools:
        """Whether each agent had the skill of a topic at a stamp."""
        found = self._row_at(agents, stamps)
        return (found >= 0) & ((agents + topics) % len(TOPICS) >= self.history_lacking[found])

    def _row_at(self, agents: Ints, stamps: Ints) -> Ints:
        """Row of the history in force, -1 for none."""
        keys = self.history_agent * _SPAN + self.history_effective
        found = np.searchsorted(keys, agents * _SPAN + stamps, side="right") - 1
        same = (found >= 0) & (self.history_agent[np.maximum(found, 0)] == agents)
        return np.where((agents >= 0) & same, found, -1)

    def on_duty(self, chunk: Chunk) -> Ints:
        """Agents that take tickets during the whole chunk."""
        return np.flatnonzero((self.hired + ONBOARDING <= chunk.start) & (self.left > chunk.end))


def agent_id(agent: int) -> str:
    """The CRM's number of an agent."""
    return f"A{agent + 1:04d}"


def agent_name(agent: int) -> str:
    """A Chinese or English name; names of staff are no secret."""
    if agent % 4 == 0:
        return f"{GIVEN_EN[agent % len(GIVEN_EN)]} {SURNAMES_EN[agent // 4 % len(SURNAMES_EN)]}"
    return SURNAMES_ZH[agent % len(SURNAMES_ZH)] + GIVEN_ZH[(agent * 7 + agent // 20) % len(GIVEN_ZH)]


def make_staff(plan: Plan) -> Staff:
    """Draw the agents: every fifth moves team, every twentieth twice; some join late, some leave."""
    random = plan.random("staff")
    count = plan.agents
    hired, left = _employment(plan, random)
    rows: list[tuple[int, int, int, int, int]] = []
    for agent in range(count):
        rows += _history(plan, random, agent, int(hired[agent]), int(left[agent]))
    columns = np.array(sorted(rows), dtype=np.int64).T
    lacks = 1 + random.integers(0, 2, count)
    speed = np.exp(random.normal(0, 0.15, count))
    return Staff(hired, left, speed, _lacking(columns[0], columns[4], lacks), *columns)


def _lacking(agents: Ints, is_leaving: Ints, at_first: Ints) -> Ints:
    """How many topics an agent has no skill for, by row of the history: with each move they learn one."""
    moves = np.arange(len(agents)) - np.searchsorted(agents, agents) - is_leaving
    return np.maximum(at_first[agents] - moves, 0)


def _employment(plan: Plan, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Every tenth agent is hired in the first half of the span, every thirtieth leaves towards its end."""
    agents = np.arange(plan.agents)
    length = plan.horizon - plan.start
    hired = _midnight(plan.start - random.integers(60, 2000, plan.agents) * DAY)
    joins = agents % JOINERS == JOINERS - 1
    hired = np.where(joins, _midnight(plan.start + random.integers(0, length // 2, plan.agents)), hired)
    leaving = _midnight(plan.start + length * 3 // 5 + random.integers(0, length // 3, plan.agents))
    return hired, np.where(agents % LEAVERS == LEAVERS // 2, leaving, NEVER)


def _history(
    plan: Plan, random: np.random.Generator, agent: int, hired: int, left: int
) -> list[tuple[int, int, int, int, int]]:
    """Rows (agent, effective, team, is lead, is leaving) of one agent; the first agent of a team leads it."""
    team, lead = agent % len(TEAMS), int(agent < len(TEAMS))
    rows = [(agent, hired, team, lead, 0)]
    moves = 0 if lead else int(agent % MOVERS == 0) + int(agent % TWICE_MOVERS == 0)
    length = plan.horizon - plan.start
    for move in range(moves):
        stamp = plan.start + length * (2 + 3 * move) // 8 + int(random.integers(0, length // 4))
        effective = int(_midnight(np.int64(stamp)))
        team = (team + 1 + int(random.integers(0, len(TEAMS) - 1))) % len(TEAMS)
        if rows[-1][1] < effective < left:
            rows.append((agent, effective, team, lead, 0))
    return rows if left == NEVER else [*rows, (agent, left, rows[-1][2], lead, 1)]


def _midnight(stamps: Ints | np.int64) -> Ints:
    """The Shanghai midnight at or before each stamp, as UTC epoch seconds."""
    return np.asarray((stamps + SHANGHAI) // DAY * DAY - SHANGHAI, dtype=np.int64)
