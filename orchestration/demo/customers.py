"""Delivers the CRM's customers with their history and personal data, and the contacts planned with them."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo import columns as col
from orchestration.demo.draws import Random, chance, choice
from orchestration.demo.numbers import agent_ids, customer_ids, emails, is_chinese, names, phones
from orchestration.demo.plan import DAY, HOUR, NEVER, Bools, Ints, Plan
from orchestration.demo.vocabulary import REGIONS, TEAMS
from orchestration.demo.writers import Delivery

BLOCK = 200_000  # customers at a time
MAX_CONTACTS = 50_000
INDUSTRIES = ["零售", "制造", "金融", "教育", "物流", "个人"]
SIZES = ["L", "M", "S"]
TIERS = ["A", "B", "C"]
GIVEN_UP = 9  # of the customers that change, every n-th is given up with the change
CONTACT_KINDS = ["关怀", "续约", "回访", "培训"]


@dataclass(frozen=True)
class Customers:
    """What customers are told apart by, by customer index; codes count from 0."""

    changed: Ints  # when tier and region changed, NEVER for most
    industry: Ints
    size: Ints
    tier: Ints
    region: Ints
    contract_from: Ints  # NEVER without a contract
    contract_until: Ints  # its last day; NEVER when open-ended

    @property
    def given_up(self) -> Ints:
        """From when on the CRM says that a customer is not active any more; NEVER for most."""
        return np.where(np.arange(len(self.changed)) % GIVEN_UP == 0, self.changed, NEVER)

    def at(self, customers: Ints, stamps: Ints) -> dict[str, Ints]:
        """The codes of each customer as they stood at each stamp; -1 for customer -1."""
        known = np.maximum(customers, 0)
        has_changed = stamps >= self.changed[known]
        codes = {
            "region": (self.region[known] + has_changed) % len(REGIONS),
            "segment": self.industry[known],
            "company_size": self.size[known],
            "value_tier": (self.tier[known] + has_changed) % len(TIERS),
            "language": 1 - is_chinese(known).astype(np.int64),
        }
        return {name: np.where(customers < 0, -1, code) for name, code in codes.items()}


@dataclass
class _Block:
    """Rows of a block of customers, one per customer and change."""

    row: Ints
    is_change: Bools
    since: Ints
    effective: Ints
    tier: Ints
    industry: Ints
    size: Ints
    contract_from: Ints
    contract_until: Ints


def deliver_customers(plan: Plan, delivery: Delivery) -> Customers:
    """One row per customer and change; all customers are known before the first ticket."""
    codes = []
    for block, first in enumerate(range(0, plan.customers, BLOCK)):
        random = plan.random("customers", block)
        index = np.arange(first, min(first + BLOCK, plan.customers))
        drawn = _draw_block(plan, index, random, plan.random("contracts", block))
        _deliver_block(drawn, delivery)
        changed = np.full(len(index), NEVER)
        changed[drawn.row[drawn.is_change] - first] = drawn.effective[drawn.is_change]
        own = [values[~drawn.is_change] for values in (drawn.industry, drawn.size, drawn.tier)]
        contract = [values[~drawn.is_change] for values in (drawn.contract_from, drawn.contract_until)]
        codes.append([changed, *own, index * 7 % len(REGIONS), *contract])
    return Customers(*map(np.concatenate, zip(*codes, strict=True)))


def _draw_block(plan: Plan, index: Ints, random: Random, contracts: Random) -> _Block:
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
    industry = random.integers(0, len(INDUSTRIES), len(index))[at]
    size = choice(random, len(index), [10, 30, 60])[at]
    begins, ends = _contracts(plan, contracts, since[~is_change], until)
    return _Block(
        row=row,
        is_change=is_change,
        since=since,
        effective=effective,
        tier=tier,
        industry=industry,
        size=size,
        contract_from=begins[at],
        contract_until=ends[at],
    )


def _contracts(plan: Plan, random: Random, since: Ints, until: Ints) -> tuple[Ints, Ints]:
    """Half of the customers have a contract; one in six of these ends in the span or soon after it."""
    count = len(since)
    length = plan.horizon - plan.start
    early = plan.start + random.integers(30 * DAY, length + 90 * DAY, count)
    has_contract = chance(random, count, 0.5)
    ends = np.where(chance(random, count, 0.16), early, until)
    return np.where(has_contract, since, NEVER), np.where(has_contract, ends, NEVER)


def _deliver_block(drawn: _Block, delivery: Delivery) -> None:
    row, is_change, effective = drawn.row, drawn.is_change, drawn.effective
    delivery.csv(
        "crm_customers",
        "crm/customers.csv",
        {
            "customer_id": customer_ids(row, row),
            "effective_from": col.local(effective),
            "name": names(row),
            "phone": phones(row),
            "email": emails(row),
            "industry": col.labels(INDUSTRIES, drawn.industry),
            "size": col.labels(SIZES, drawn.size),
            "tier": col.labels(TIERS, (drawn.tier + is_change) % len(TIERS)),
            "region": col.labels(REGIONS, (row * 7 + is_change) % len(REGIONS)),
            "language": col.yes_no(is_chinese(row), words=("en-US", "zh-CN")),
            "active": col.yes_no(~(is_change & (row % GIVEN_UP == 0))),
            "contract_from": col.local_days(drawn.contract_from),
            "contract_until": col.local_days(drawn.contract_until),
            "updated_at": col.local(effective + HOUR),
        },
    )


@dataclass(frozen=True)
class PlannedContacts:
    """Contacts by column; `due` and `done` are UTC epoch seconds, due is delivered as a Shanghai day."""

    customer: Ints
    agent: Ints
    due: Ints
    done: Ints  # NEVER when not


def deliver_planned_contacts(plan: Plan, delivery: Delivery) -> PlannedContacts:
    """A contact per ten tickets, at most 50,000, planned for the team leads; nine of ten were made."""
    random = plan.random("planned_contacts")
    count = min(plan.tickets // 10, MAX_CONTACTS)
    due = np.sort(plan.start + random.integers(0, plan.horizon - plan.start, count))
    done = due + random.integers(-3 * DAY, 2 * DAY, count)
    is_done = chance(random, count, 0.92) & (done > plan.start) & (done <= plan.horizon)
    done = np.where(is_done, done, NEVER)
    customer, agent = random.integers(0, plan.customers, count), random.integers(0, len(TEAMS), count)
    delivery.csv(
        "crm_planned_contacts",
        "crm/planned_contacts.csv",
        {
            "contact_id": col.ids("K", np.arange(1, count + 1), 7),
            "customer_id": customer_ids(customer, due),
            "agent_id": agent_ids(agent),
            "kind": col.labels(CONTACT_KINDS, random.integers(0, len(CONTACT_KINDS), count)),
            "due_on": col.local_days(due),
            "done": col.local(done),
            "updated_at": col.local(np.where(is_done, done, plan.start)),
        },
    )
    return PlannedContacts(customer, agent, due, done)
