"""Counts the chat bot's sessions for the ground truth: whom it handed over, who asked a human afterwards."""

import numpy as np

from orchestration.demo.bot import Sessions
from orchestration.demo.cube import Cube, Parts, Scopes
from orchestration.demo.customers import Customers
from orchestration.demo.plan import DAY, NEVER, Bools, Ints
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import CHANNEL_CODES, TOPICS

HUMAN_WITHIN = 3 * DAY
BOT = CHANNEL_CODES.index("bot")
# Customers whom no file knows, by the last digits of their ticket's number; a key of it fits in 64 bits.
NAMELESS = 2 * 10**7
LONG = np.int64(2**33)  # longer than any stamp


class BotTruth:
    """Adds sessions chunk by chunk; one waits until no later ticket can follow it in time."""

    def __init__(self, cube: Cube, customers: Customers) -> None:
        """Add to `cube`."""
        self.cube, self.customers = cube, customers
        # Rows: matter, customer, started, ended, helped by a human.
        self._waiting = np.zeros((5, 0), dtype=np.int64)

    def add(self, sessions: Sessions, tickets: Tickets) -> None:
        """Add one chunk."""
        handed, started = sessions.ticket >= 0, sessions.started
        everybody = np.ones(len(started), dtype=np.int64)
        customer = np.where(sessions.is_known, sessions.customer, -1)
        self.cube.add("bot_handover_rate", self._scopes(customer, started), started, handed, everybody)
        ended = np.where(sessions.ended < NEVER, sessions.ended, started)
        matter = _matter(sessions.customer, sessions.customer_of, sessions.topic)
        rows = np.stack([matter, sessions.customer, started, ended, handed.astype(np.int64)])
        self._waiting = np.concatenate([self._waiting, rows[:, sessions.is_known]], axis=1)
        asked = tickets.exclusion == 0
        matters = _matter(tickets.customer, tickets.number, tickets.topic)[asked]
        matter, _, started, ended, _ = self._waiting
        self._waiting[4] |= _is_followed(matter, started, ended, matters, tickets.created[asked])
        is_decided = ended + HUMAN_WITHIN <= int(tickets.created.max())
        self._count(self._waiting[:, is_decided])
        self._waiting = self._waiting[:, ~is_decided]

    def finish(self, kpis: dict[str, Parts]) -> None:
        """No team or agent answers for the bot: its figures have no such scope."""
        for code in ("bot_handover_rate", "bot_containment_rate"):
            of_nobody = ("department", "team", "agent")
            kpis[code] = {kind: keys for kind, keys in kpis[code].items() if kind not in of_nobody}

    def _count(self, rows: Ints) -> None:
        _, customer, started, _, by_human = rows
        scopes = self._scopes(customer, started)
        self.cube.add("bot_containment_rate", scopes, started, 1 - by_human, np.ones_like(by_human))

    def _scopes(self, customer: Ints, stamps: Ints) -> Scopes:
        nobody = np.full(len(customer), -1)
        return Scopes(nobody, nobody, nobody, nobody * 0 + BOT, self.customers.at(customer, stamps))


def _matter(customer: Ints, number: Ints, topic: Ints) -> Ints:
    """One number for a customer, as the files name them, and a topic."""
    person = np.where(customer < 0, NAMELESS + number % 1_000_000, customer)
    return np.asarray(person * len(TOPICS) + topic)


def _is_followed(matter: Ints, started: Ints, ended: Ints, matters: Ints, created: Ints) -> Bools:
    """Whether the next ticket on the matter since the start came in time after the end."""
    order = np.lexsort((created, matters))
    keys = matters[order] * LONG + created[order]
    place = np.searchsorted(keys, matter * LONG + started)
    found = np.append(keys, np.iinfo(np.int64).max)[place]
    return np.asarray(found <= matter * LONG + ended + HUMAN_WITHIN)
