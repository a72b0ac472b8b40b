"""Turns indices into the numbers and personal data that the systems use for customers, agents and cases."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo import columns as col
from orchestration.demo.plan import Bools, Ints, Plan
from orchestration.demo.vocabulary import (
    CANARY_GIVEN_EN,
    CANARY_GIVEN_ZH,
    CANARY_SURNAMES_EN,
    CANARY_SURNAMES_ZH,
    GIVEN_EN,
    GIVEN_ZH,
    SURNAMES_EN,
    SURNAMES_ZH,
)

UNKNOWN_CUSTOMER = 99_000_000  # customer numbers from here on are in no customer file
CANARIES = 50  # the first customers have names that occur nowhere else
_NAMES_ZH = [surname + given for surname in SURNAMES_ZH for given in GIVEN_ZH]
_NAMES_EN = [f"{given} {surname}" for given in GIVEN_EN for surname in SURNAMES_EN]
_CANARY_NAMES = [surname + given for surname in CANARY_SURNAMES_ZH for given in CANARY_GIVEN_ZH] + [
    f"{given} {surname}" for given in CANARY_GIVEN_EN for surname in CANARY_SURNAMES_EN
]
_NAMES = _NAMES_ZH + _NAMES_EN + _CANARY_NAMES


def is_chinese(customers: Ints) -> Bools:
    """Three of four customers write Chinese."""
    return np.asarray(customers % 4 > 0)


def customer_ids(customers: Ints, numbers: Ints) -> pa.Array:
    """Customer numbers; index -1 becomes a number, by `numbers`, that no customer has."""
    return col.ids("C", np.where(customers < 0, UNKNOWN_CUSTOMER + numbers % 1_000_000, customers + 1), 8)


def agent_ids(agents: Ints) -> pa.Array:
    """Agent numbers, null for -1."""
    return col.ids("A", agents + 1, 4, agents < 0)


def team_ids(teams: Ints) -> pa.Array:
    """Team numbers, null for -1."""
    return col.ids("T", teams + 1, 1, teams < 0)


def product_ids(products: Ints) -> pa.Array:
    """Product numbers."""
    return col.ids("P", products + 1, 2)


def ticket_ids(numbers: Ints, absent: Bools | None = None) -> pa.Array:
    """Ticket numbers as the CRM writes them, null where absent."""
    return col.ids("T", numbers, 8, absent)


def complaint_ids(numbers: Ints, absent: Bools | None = None) -> pa.Array:
    """The complaint desk's numbers, null where absent."""
    return col.ids("TS", numbers, 8, absent)


def names(customers: Ints) -> pa.Array:
    """A name per customer index."""
    chinese = customers * 31 % len(_NAMES_ZH)
    english = len(_NAMES_ZH) + customers // 4 % len(_NAMES_EN)
    plain = np.where(is_chinese(customers), chinese, english)
    canary = len(_NAMES) - CANARIES + customers % CANARIES
    return col.labels(_NAMES, np.where(customers < CANARIES, canary, plain))


def phones(customers: Ints) -> pa.Array:
    """A mobile number per customer index, never twice; null for -1."""
    numbers = 3_500_000_000 + (np.maximum(customers, 0) * 7919 + 123_457) % 400_000_000
    return col.ids("1", numbers, 10, customers < 0)


def emails(customers: Ints) -> pa.Array:
    """An e-mail address per customer index, null for -1."""
    user = col.ids("user.", np.maximum(customers, 0) * 13 + 7, 9, customers < 0)
    return pc.binary_join_element_wise(user, "mail.example.com", "@")


def canaries(plan: Plan) -> list[str]:
    """Names, phones and addresses of customers that must be found nowhere behind the landing."""
    first = np.arange(min(CANARIES, plan.customers))
    return [value for column in (names(first), phones(first), emails(first)) for value in column.to_pylist()]
