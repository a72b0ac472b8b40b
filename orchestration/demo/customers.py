"""Delivers the CRM's master data: customers with their history and personal data, agents, teams, products, planned contacts."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo import columns as col
from orchestration.demo.plan import DAY, NEVER, Ints, Plan
from orchestration.demo.service_desk import agent_ids, customer_ids, phones
from orchestration.demo.staff import Staff, agent_id, agent_name
from orchestration.demo.vocabulary import (
    CANARY_GIVEN_EN,
    CANARY_GIVEN_ZH,
    CANARY_SURNAMES_EN,
    CANARY_SURNAMES_ZH,
    DEPARTMENTS,
    GIVEN_EN,
    GIVEN_ZH,
    PRODUCTS,
    SURNAMES_EN,
    SURNAMES_ZH,
    TEAMS,
)
from orchestration.demo.writers import Delivery

BLOCK = 200_000
CANARIES = 50  # the first customers have names that occur nowhere else
MAX_CONTACTS = 50_000
INDUSTRIES = ["零售", "制造", "金融", "教育", "物流", "个人"]
REGIONS = ["华东", "华南", "华北", "西南", "华中", "海外"]
CONTACT_KINDS = ["关怀", "续约", "回访", "培训"]
_NAMES_ZH = [surname + given for surname in SURNAMES_ZH for given in GIVEN_ZH]
_NAMES_EN = [f"{given} {surname}" for given in GIVEN_EN for surname in SURNAMES_EN]
_CANARY_NAMES = [surname + given for surname in CANARY_SURNAMES_ZH for given in CANARY_GIVEN_ZH] + [
    f"{given} {surname}" for given in CANARY_GIVEN_EN for surname in CANARY_SURNAMES_EN
]
_NAMES = _NAMES_ZH + _NAMES_EN + _CANARY_NAMES


def names(customers: Ints) -> pa.Array:
    """A name per customer index, Chinese for three of four."""
    plain = np.where(
        customers % 4 < 3,
        customers * 31 % len(_NAMES_ZH),
        len(_NAMES_ZH) + customers // 4 % len(_NAMES_EN),
    )
    return col.labels(_NAMES, np.where(customers < CANARIES, len(_NAMES) - CANARIES + customers % CANARIES, plain))


def emails(customers: Ints) -> pa.Array:
    """An e-mail address per customer index, null for -1."""
    user = col.ids("user.", np.maximum(customers, 0) * 13 + 7, 9, customers < 0)
    return pc.binary_join_element_wise(user, "mail.example.com", "@")


def canaries(plan: Plan) -> list[str]:
    """Names, phones and addresses of customers that must be found nowhere behind the landing."""
    first = np.arange(min(CANARIES, plan.customers))
    return [value for column in (names(first), phones(first), emails(first)) for value in column.to_pylist()]


def deliver_customers(plan: Plan, delivery: Delivery) -> None:
    """One row per customer and change; all customers are known before the first ticket."""
    for block, first in enumerate(range(0, plan.customers, BLOCK)):
        index = np.arange(first, min(first + BLOCK, plan.customers))
        random = plan.random("customers", block)
        changes = random.random(len(index)) < 0.06
        row = np.sort(np.concatenate([index, index[changes]]))
        is_change = np.concatenate([[False], row[1:] == row[:-1]])
        known_since = plan.start - random.integers(30, 2500, len(index)) * DAY
        changed = plan.start + random.integers(0, plan.horizon - plan.start, len(row)) // DAY * DAY
        effective = np.where(is_change, changed, known_since[row - first])
        draw = random.random((4, len(index)))[:, row - first]
        tier = np.minimum((draw[0] ** 0.6 * 3).astype(np.int64), 2)
        size = np.minimum((draw[1] ** 0.5 * 3).astype(np.int64), 2)
        has_end = draw[2] < 0.3
        delivery.csv("crm_customers", "crm/customers.csv", {
            "customer_id": customer_ids(row, row),
            "effective_from": col.local(effective),
            "name": names(row),
            "phone": phones(row),
            "email": emails(row),
            "industry": col.labels(INDUSTRIES, (draw[3] * 6).astype(np.int64)),
            "size": col.labels(["L", "M", "S"], size),
            "tier": col.labels(["A", "B", "C"], np.where(is_change, (tier + 1) % 3, tier)),
            "region": col.labels(REGIONS, (row * 7 + is_change) % len(REGIONS)),
            "language": col.yes_no(row % 4 < 3, words=("en-US", "zh-CN")),
            "active": col.yes_no(~(is_change & (row % 9 == 0))),
            "contract_from": col.local_days(known_since[row - first]),
            "contract_until": col.local_days(np.where(has_end, plan.horizon + (draw[2] * 2000).astype(np.int64) * DAY, NEVER)),
            "updated_at": col.local(effective + 3600),
        })  # fmt: skip


def deliver_organisation(plan: Plan, staff: Staff, delivery: Delivery) -> None:
    """Agents with their history, teams, products."""
    rows = range(len(staff.history_agent))
    agents = staff.history_agent
    leaving = staff.history_is_leaving.astype(bool)
    delivery.csv("crm_agents", "crm/agents.csv", {
        "agent_id": pa.array([agent_id(int(agents[i])) for i in rows]),
        "effective_from": col.local(staff.history_effective),
        "agent_name": pa.array([agent_name(int(agents[i])) for i in rows]),
        "team_id": col.ids("T", staff.history_team + 1, 1),
        "role": col.labels(["坐席", "组长"], staff.history_is_lead),
        "skills": pa.array([staff.skills[int(agents[i])] for i in rows]),
        "hired_on": col.local_days(staff.hired[agents]),
        "left_on": col.local_days(np.where(leaving, staff.history_effective, NEVER)),
        "updated_at": col.local(staff.history_effective + 3600),
    })  # fmt: skip
    delivery.csv("crm_teams", "crm/teams.csv", {
        "team_id": pa.array([code for code, _, _ in TEAMS]),
        "team_name": pa.array([name for _, name, _ in TEAMS]),
        "department_id": pa.array([DEPARTMENTS[department][0] for _, _, department in TEAMS]),
        "department_name": pa.array([DEPARTMENTS[department][1] for _, _, department in TEAMS]),
    })  # fmt: skip
    delivery.csv("crm_products", "crm/products.csv", {
        name: pa.array([product[i] for product in PRODUCTS])
        for i, name in enumerate(("product_id", "product_name", "category"))
    })  # fmt: skip


def deliver_planned_contacts(plan: Plan, staff: Staff, delivery: Delivery) -> None:
    """A tenth as many planned contacts as tickets, at most 50,000; nine of ten were made."""
    random = plan.random("planned_contacts")
    count = min(plan.tickets // 10, MAX_CONTACTS)
    due = np.sort(plan.start + random.integers(0, plan.horizon - plan.start, count))
    done = due + random.integers(-3 * DAY, 2 * DAY, count)
    done = np.where((random.random(count) < 0.92) & (done > plan.start) & (done <= plan.horizon), done, NEVER)
    agents = random.integers(0, 6, count)  # the leads, who never leave
    delivery.csv("crm_planned_contacts", "crm/planned_contacts.csv", {
        "contact_id": col.ids("K", np.arange(1, count + 1), 7),
        "customer_id": customer_ids(random.integers(0, plan.customers, count), np.arange(count)),
        "agent_id": agent_ids(agents),
        "kind": col.labels(CONTACT_KINDS, random.integers(0, 4, count)),
        "due_on": col.local_days(due),
        "done": col.local(done),
        "updated_at": col.local(np.where(done < NEVER, done, plan.start)),
    })  # fmt: skip
