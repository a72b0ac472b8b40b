"""A KPI whose definition changes says so by its version, wherever the change was made."""

from typing import Any

import pytest

from tests.dbt_project.builds import Build
from tests.dbt_project.kpi_versions import (
    Model,
    changed_under_their_version,
    fingerprint,
    models_of,
    recorded,
    records,
)
from tests.kpis.macros import call

pytestmark = pytest.mark.xdist_group("dbt_builds")
ENTRY = {
    "code": "k", "version": 1, "label_en": "K", "definition": "Solved in time.", "fact": "fct_tickets",
    "key": "ticket_key", "date": "solved_date", "numerator": "is_in_time", "denominator": "is_solved",
    "shape": "ratio",
}  # fmt: skip
SQL = {
    "fct_tickets": "with a as (select * from c), final as (select a.ticket_key, a.solved_date, a.is_solved,"
    " a.seconds <= 3600 as is_in_time, a.other from a) select * from final",
    "int_tickets__clocks": "with f as (select t.ticket_key, t.solved_at - t.created_at as seconds,"
    " t.solved_date, t.is_solved, t.priority as other from t where not t.is_test) select * from f",
    "int_tickets__unioned": "select ticket_key, created_at, solved_at, solved_date, is_solved from s",
}
PARENTS = {"fct_tickets": ("int_tickets__clocks",), "int_tickets__clocks": ("int_tickets__unioned",)}
SPECIAL = "select is_solved from {{ ref('fct_tickets') }} -- a reason"


def of(entry: dict[str, Any], special: str = "", **changed: tuple[str, str]) -> str:
    """The fingerprint, with pieces of the models replaced: old and new text."""
    texts = SQL | {name: SQL[name].replace(*change) for name, change in changed.items()}
    assert all(texts[name] != SQL[name] for name in changed)
    models = {name: Model(text, PARENTS.get(name, ())) for name, text in texts.items()}
    return fingerprint(entry, models, special)


def test_every_kpi_has_the_version_of_its_definition(
    empty_build: tuple[Build, dict[str, str]], manifest: dict[str, Any]
) -> None:
    now = records(call("kpi_registry"), models_of(manifest, empty_build[0].compiled))
    assert changed_under_their_version(recorded(), now) == [], "give them a new version in the registry"
    assert now == recorded(), "record them: python -m tests.dbt_project.kpi_versions"


@pytest.mark.parametrize(
    ("field", "value"),
    [("definition", "Solved early."), ("numerator", "other"), ("date", "other"), ("divisor", 60)],
)
def test_a_changed_entry_is_noticed(field: str, value: object) -> None:
    assert of(ENTRY | {field: value}) != of(ENTRY)


@pytest.mark.parametrize("field", ["label_en", "owner", "aspect", "version"])
def test_a_changed_label_is_no_changed_definition(field: str) -> None:
    assert of(ENTRY | {field: "other"}) == of(ENTRY)


@pytest.mark.parametrize(
    ("model", "old", "new"),
    [
        ("fct_tickets", "3600", "1800"),
        ("int_tickets__clocks", "t.solved_at - t.created_at", "t.solved_at - t.answered_at"),
        ("int_tickets__clocks", "not t.is_test", "true"),
    ],
)
def test_changed_sql_is_noticed_in_every_model_behind_a_column(model: str, old: str, new: str) -> None:
    assert of(ENTRY, "", **{model: (old, new)}) != of(ENTRY)


@pytest.mark.parametrize(
    ("model", "old", "new"),
    [
        ("fct_tickets", "a.other", "upper(a.other) as other"),
        ("fct_tickets", "a.seconds <= 3600", "  a.seconds\n<=   3600 /* an hour */"),
        ("int_tickets__clocks", "t.priority as other", "t.priority as other, 1 as added"),
        ("int_tickets__unioned", "from s", "from s union all select * from another_source"),
    ],
)
def test_what_is_not_behind_the_kpi_does_not_matter(model: str, old: str, new: str) -> None:
    assert of(ENTRY, "", **{model: (old, new)}) == of(ENTRY)


def test_a_model_of_its_own_counts_with_its_text_and_the_columns_that_it_names() -> None:
    own = ENTRY | {"shape": "special", "numerator": None, "denominator": None}
    assert of(own, SPECIAL.replace("a reason", "another")) == of(own, SPECIAL)
    assert of(own, SPECIAL.replace("is_solved", "not is_solved")) != of(own, SPECIAL)
    assert of(own, SPECIAL, int_tickets__clocks=("t.is_solved", "not t.is_solved as is_solved")) != of(
        own, SPECIAL
    )


def test_a_change_needs_a_higher_version() -> None:
    old = {"k": {"version": 2, "fingerprint": "a"}}
    assert changed_under_their_version(old, {"k": {"version": 2, "fingerprint": "b"}}) == ["k"]
    assert changed_under_their_version(old, {"k": {"version": 1, "fingerprint": "b"}}) == ["k"]
    assert changed_under_their_version(old, {"k": {"version": 3, "fingerprint": "b"}}) == []
    assert changed_under_their_version(old, old | {"new": {"version": 1, "fingerprint": "c"}}) == []
    assert changed_under_their_version(old, {}) == []
