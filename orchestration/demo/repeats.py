"""Makes some customers of one chunk ask the same thing again within days, as people do who got no help."""

import numpy as np

from orchestration.demo.draws import chance
from orchestration.demo.plan import DAY, HOUR, Chunk, Plan
from orchestration.demo.tickets import Tickets

SHARE = 0.09
LONGEST = 9 * DAY


def ask_again(plan: Plan, chunk: Chunk, tickets: Tickets) -> None:
    """Give some tickets the customer and the topic of a ticket of the hours and days before."""
    random, count = plan.random("repeats", chunk.number), tickets.count
    before = tickets.created - random.integers(6 * HOUR, LONGEST, count)
    earlier = np.searchsorted(tickets.created, before)
    customer, topic = tickets.customer.copy(), tickets.topic.copy()
    again = chance(random, count, SHARE) & (before >= chunk.start) & (earlier < np.arange(count))
    again &= (customer >= 0) & (customer[earlier] >= 0)
    tickets.customer = np.where(again, customer[earlier], customer)
    tickets.topic = np.where(again, topic[earlier], topic)
