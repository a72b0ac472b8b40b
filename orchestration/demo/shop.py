"""Draws and delivers the shop's orders of one chunk, gzipped, with UTC stamps."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo import columns as col
from orchestration.demo.draws import chance, choice
from orchestration.demo.numbers import customer_ids, phones, product_ids
from orchestration.demo.plan import DAY, NEVER, Chunk, Ints, Plan
from orchestration.demo.vocabulary import PRODUCTS
from orchestration.demo.writers import Delivery

ORDERS_PER_TICKET = 0.3
ORDER_CHANNELS = {"app": "APP", "mini_program": "MINI", "web_form": "WEB", "shop": "STORE"}
ORDER_CHANNEL_WEIGHTS = [4, 3, 2, 1]
ORDER_STATUSES = ["NEW", "SENT", "DONE", "CANCELLED"]
NEW, SENT, DONE, CANCELLED = range(4)


@dataclass
class Orders:
    """Orders of one chunk by column; stamps are UTC epoch seconds."""

    number: Ints
    customer: Ints
    channel: Ints
    status: Ints
    ordered: Ints


def draw_orders(plan: Plan, chunk: Chunk) -> Orders:
    """About 0.3 orders per ticket, some customers buying again and again; the last one in the last second."""
    random = plan.random("orders", chunk.number)
    count = max(1, int(chunk.tickets * ORDERS_PER_TICKET))
    ordered = np.sort(random.integers(chunk.start, chunk.end, count))
    if chunk.end > plan.horizon:
        ordered[-1] = plan.horizon
    age = plan.horizon - ordered
    status = np.where(age > 8 * DAY, DONE, np.where(age > DAY, SENT, NEW))
    status = np.where(chance(random, count, 0.04), CANCELLED, status)
    return Orders(
        number=chunk.first_ticket + np.arange(count),
        customer=(random.random(count) ** 2 * plan.customers).astype(np.int64),
        channel=choice(random, count, ORDER_CHANNEL_WEIGHTS),
        status=status,
        ordered=ordered,
    )


def deliver_orders(plan: Plan, chunk: Chunk, orders: Orders, delivery: Delivery) -> None:
    """Append the chunk to its month's gzipped, semicolon separated file."""
    random = plan.random("parcels", chunk.number)
    count = len(orders.number)
    arrived = orders.ordered + random.integers(DAY, 7 * DAY, count)
    arrived = np.where(orders.status == DONE, arrived, NEVER)
    columns = {
        "order_id": col.ids("O", orders.number, 8),
        "customer_id": customer_ids(orders.customer, orders.number),
        "product_id": product_ids(orders.number % len(PRODUCTS)),
        "channel": col.labels(list(ORDER_CHANNELS.values()), orders.channel),
        "status": col.labels(ORDER_STATUSES, orders.status),
        "ordered_at": col.zulu(orders.ordered),
        "delivered_at": col.zulu(arrived),
        "estimated_delivery": col.local_days(orders.ordered + 5 * DAY),
        "amount": _amounts(random.integers(1_990, 499_900, count)),
        "buyer_phone": phones(orders.customer),
        "updated_at": col.zulu(np.where(arrived < NEVER, arrived, orders.ordered)),
    }
    name = f"shop/orders_{chunk.month}.csv.gz"
    delivery.csv("shop_orders", name, columns, encoding="utf-8", delimiter=";")


def _amounts(cents: Ints) -> pa.Array:
    """Amounts as text with two decimals: no binary fractions on the way."""
    whole = pa.array(cents // 100).cast(pa.string())
    return pc.binary_join_element_wise(whole, col.ids("", cents % 100, 2), ".")
