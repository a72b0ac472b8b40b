"""Delivers the CRM's customers with their history and personal data, and the contacts planned with them."""

import numpy as np

from orchestration.demo import columns as col
from orchestration.demo.draws import Random, chance, choice
from orchestration.demo.numbers import agent_ids, customer_ids, emails, is_chinese, names, phones
from orchestration.demo.plan import DAY, HOUR, NEVER, Bools, Ints, Plan
from orchestration.demo.vocabulary import TEAMS
from orchestration.demo.writers import Delivery

BLOCK = 200_000  # customers at a time
MAX_CONTACTS = 50_000
INDUSTRIES = ["零售", "制造", "金融", "教育", "物流", "个人"]
REGIONS = ["华东", "华南", "华北", "西南", "华中", "海外"]
SIZES = ["L", "M", "S"]
TIERS = ["A", "B", "C"]
CONTACT_KINDS = ["关怀", "续约", "回访", "培训"]


def deliver_customers(plan: Plan, delivery: Delivery) -> None:
    """One row per customer and change; all customers are known before the first ticket."""
    for block, first in enumerate(range(0, plan.customers, BLOCK)):
        random = plan.random("customers", block)
        _deliver_block(plan, np.arange(first, min(first + BLOCK, plan.customers)), random, delivery)


def _deliver_block(plan: Plan, index: Ints, random: Random, delivery: Delivery) -> None:
    """Six of a hundred customers change their tier and region once, on a day of the span."""
    row = np.sort(np.concatenate([index, index[chance(random, len(index), 0.06)]]))
    at = row - index[0]
    is_change: Bools = np.concatenate([[False], row[1:] == row[:-1]])
    since = plan.start - random.integers(30, 2500, len(index))[at] * DAY
    changed = plan.start + random.integers(0, plan.horizon - plan.start, len(row)) // DAY * DAY
    effective = np.where(is_change, changed, since)
    tier = choice(random, len(index), [15, 35, 50])[at]
    until = np.where(
        chance(random, len(index), 0.3), plan.horizon + random.integers(0, 600, len(index)) * DAY, NEVER
    )
    delivery.csv(
        "crm_customers",
        "crm/customers.csv",
        {
            "customer_id": customer_ids(row, row),
            "effective_from": col.local(effective),
            "name": names(row),
            "phone": phones(row),
            "email": emails(row),
            "industry": col.labels(INDUSTRIES, random.integers(0, len(INDUSTRIES), len(index))[at]),
            "size": col.labels(SIZES, choice(random, len(index), [10, 30, 60])[at]),
            "tier": col.labels(TIERS, (tier + is_change) % len(TIERS)),
            "region": col.labels(REGIONS, (row * 7 + is_change) % len(REGIONS)),
            "language": col.yes_no(is_chinese(row), words=("en-US", "zh-CN")),
            "active": col.yes_no(~(is_change & (row % 9 == 0))),
            "contract_from": col.local_days(since),
            "contract_until": col.local_days(until[at]),
            "updated_at": col.local(effective + HOUR),
        },
    )


def deliver_planned_contacts(plan: Plan, delivery: Delivery) -> None:
    """A contact per ten tickets, at most 50,000, planned for the team leads; nine of ten were made."""
    random = plan.random("planned_contacts")
    count = min(plan.tickets // 10, MAX_CONTACTS)
    due = np.sort(plan.start + random.integers(0, plan.horizon - plan.start, count))
    done = due + random.integers(-3 * DAY, 2 * DAY, count)
    is_done = chance(random, count, 0.92) & (done > plan.start) & (done <= plan.horizon)
    done = np.where(is_done, done, NEVER)
    delivery.csv(
        "crm_planned_contacts",
        "crm/planned_contacts.csv",
        {
            "contact_id": col.ids("K", np.arange(1, count + 1), 7),
            "customer_id": customer_ids(random.integers(0, plan.customers, count), due),
            "agent_id": agent_ids(random.integers(0, len(TEAMS), count)),
            "kind": col.labels(CONTACT_KINDS, random.integers(0, len(CONTACT_KINDS), count)),
            "due_on": col.local_days(due),
            "done": col.local(done),
            "updated_at": col.local(np.where(is_done, done, plan.start)),
        },
    )
