"""Counts who asked again, of the whole company and customer by customer, for the ground truth."""

from collections import defaultdict

import numpy as np

from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.plan import DAY, NEVER, Ints
from orchestration.demo.telephony import Calls
from orchestration.demo.tickets import Tickets

WITHIN = 7 * DAY
SPAM, TEST = 1, 4  # nobody asked; duplicates and merged tickets were asked
STRANGER = 2**40  # customers that the customer file does not know are told apart by their ticket


class AskedAgain:
    """All tickets, since a repeat may stand in a later chunk."""

    def __init__(self) -> None:
        """No tickets yet."""
        self._parts: list[tuple[Scopes, Tickets]] = []
        self._called: dict[tuple[int, int], list[int]] = defaultdict(list)

    def add(self, scopes: Scopes, tickets: Tickets) -> None:
        """Keep one chunk."""
        self._parts.append((scopes, tickets))

    def add_calls(self, tickets: Tickets, calls: Calls) -> None:
        """Keep when somebody called about the tickets of one chunk."""
        persons, asks = _persons(tickets), _asks(tickets)
        for row, offered in zip(calls.ticket.tolist(), calls.offered.tolist(), strict=True):
            if row >= 0 and asks[row] is not None:
                self._called[persons[row]].append(offered)

    def count_into(self, cube: Cube) -> None:
        """Add every ticket to the KPIs of repeats and of switched channels."""
        asked: dict[tuple[int, int], list[tuple[int, int, int, bool]]] = defaultdict(list)
        for _, tickets in self._parts:
            for person, ask in zip(_persons(tickets), _asks(tickets), strict=True):
                if ask is not None:
                    asked[person].append(ask)
        for asks in asked.values():
            asks.sort()
        for scopes, tickets in self._parts:
            self._count(cube, scopes, tickets, asked)

    def _count(
        self,
        cube: Cube,
        scopes: Scopes,
        tickets: Tickets,
        asked: dict[tuple[int, int], list[tuple[int, int, int, bool]]],
    ) -> None:
        created, resolved, stamps = tickets.created, tickets.resolved, tickets.stamps
        repeated = np.zeros(tickets.count, dtype=bool)
        switched = np.zeros(tickets.count, dtype=bool)
        for row, person in enumerate(_persons(tickets)):
            own = (int(created[row]), int(tickets.number[row]))
            for at, number, channel, is_agreed in asked.get(person, ()):
                repeated[row] |= 0 < at - resolved[row] <= WITHIN
                other = channel != tickets.channel[row] and not is_agreed
                switched[row] |= bool(other and (at, number) > own and at - own[0] <= WITHIN)
            for at in self._called.get(person, ()):
                repeated[row] |= 0 < at - resolved[row] <= WITHIN
        reopened = stamps["reopened"] < NEVER
        repeated |= reopened & (stamps["reopened"] - stamps["resolved"] <= WITHIN)
        counts = tickets.exclusion == 0
        solved = counts & (resolved < NEVER) & (resolved >= created)
        cube.add("fcr_no_repeat", scopes, resolved, ~repeated, solved)
        own_accord = counts & ~tickets.conduct.is_agreed_switch
        cube.add("channel_switch_rate", scopes, created, switched, own_accord)


def _persons(tickets: Tickets) -> list[tuple[int, int]]:
    customer: Ints = np.where(tickets.customer < 0, STRANGER + tickets.number, tickets.customer)
    return list(zip(customer.tolist(), tickets.topic.tolist(), strict=True))


def _asks(tickets: Tickets) -> list[tuple[int, int, int, bool] | None]:
    """When, number, channel and whether the switch was agreed; None where nobody asked."""
    columns = (tickets.created, tickets.number, tickets.channel, tickets.conduct.is_agreed_switch)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    asks = ~np.isin(tickets.exclusion, [SPAM, TEST])
    return [row if ask else None for row, ask in zip(rows, asks.tolist(), strict=True)]
