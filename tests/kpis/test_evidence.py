"""The evidence names the rows behind a value: those that count, and why the others do not."""

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.kpis.macros import call
from tests.kpis.test_registry import Entry, core_columns, registry

__all__ = ["core_columns", "registry"]
KPI = {"code": "k", "maturity_days": 3}
RATIO = {
    "fact": "fct_tickets", "key": "ticket_key", "date": "created_date",
    "numerator": "seconds", "denominator": "is_measured",
}  # fmt: skip
TICKETS = """
create table fct_tickets as
select *, 's' as source_system, {scopes}
from (values
    ('s:1', date '2026-01-05', 60, true, null, null),
    ('s:2', date '2026-01-05', 0, true, null, null),
    ('s:3', date '2026-01-05', 60, false, 'spam', null),
    ('s:4', date '2026-01-05', null, null, null, 'close before creation'),
    ('s:5', null, 60, true, null, null)
) as tickets (ticket_key, created_date, seconds, is_measured, exclusion_reason, stamp_issue)
"""


def rows(part: dict[str, Any], columns: str) -> list[tuple[Any, ...]]:
    keys = [call("kpi_scope_column", scope) for scope in call("kpi_scope_types") if scope != "source"]
    scopes = ", ".join(f"'x' as {key}" for key in keys)
    with duckdb.connect() as connection:
        connection.execute(TICKETS.format(scopes=scopes))
        sql = call("kpi_evidence_rows", KPI, part, call("kpi_scope_types"))
        return connection.execute(f"select {columns} from ({sql}) order by row_key").fetchall()


def test_rows_of_a_ratio_are_in_it_or_say_why_not() -> None:
    assert rows(RATIO, "row_key, numerator, denominator, is_in_numerator, is_in_denominator, reason") == [
        ("s:1", 60, 1, True, True, None),
        ("s:2", 0, 1, False, True, None),
        ("s:3", None, None, False, False, "not is_measured; exclusion_reason: spam"),
        ("s:4", None, None, False, False, "is_measured is unknown; stamp_issue: close before creation"),
        ("s:5", None, None, False, False, "no created_date"),
    ]


def test_a_row_says_when_its_day_is_final_and_what_it_is_about() -> None:
    assert rows(RATIO, "distinct on (row_key) row_key, unit_key, mature_from, team_key, fact_name")[0] == (
        "s:1", "s:1", date(2026, 1, 8), "x", "fct_tickets",
    )  # fmt: skip


def test_a_part_may_feed_the_numerator_only_or_only_be_named() -> None:
    above = {key: RATIO[key] for key in ("fact", "key", "date", "numerator")}
    assert rows(above, "row_key, numerator, denominator, reason")[:2] == [
        ("s:1", 60, None, None),
        ("s:2", None, None, "not seconds"),
    ]
    named = {key: RATIO[key] for key in ("fact", "key", "date")}
    assert [row[1] for row in rows(named, "row_key, reason is null")] == [True] * 4 + [False]


def test_a_part_may_stand_in_some_scopes_only() -> None:
    part = RATIO | {"scopes": ["team"], "split": "team"}
    assert rows(part, "distinct on (row_key) team_key, department_key, split_type")[0] == ("x", None, "team")


def test_every_kpi_that_is_due_has_a_rule_by_which_its_rows_give_the_value(registry: list[Entry]) -> None:
    """A KPI that truly has no row behind it would be named here, with the reason."""
    assert [e["code"] for e in registry if e["due"] == "now" and e["reconciles"] == "none"] == []


def test_every_kpi_that_is_due_has_evidence(registry: list[Entry]) -> None:
    sql = call("kpi_evidence")
    due = [entry["code"] for entry in registry if entry["due"] == "now"]
    assert [code for code in due if f"'{code}' as kpi_code" not in sql] == []


def test_evidence_is_of_keyed_rows_of_the_star(
    registry: list[Entry], core_columns: dict[str, set[str]]
) -> None:
    wrong = []
    for entry in registry:
        for part in entry["evidence"] or [entry]:
            fields = [part["fact"], part["key"], part["date"]]
            if entry["due"] == "now" and not set(fields[1:]) <= core_columns[part["fact"]]:
                wrong.append((entry["code"], fields))
    assert wrong == []


@pytest.mark.parametrize("shape", ["ratio", "percentile"])
def test_sums_are_the_rule_of_what_is_made_of_sums(registry: list[Entry], shape: str) -> None:
    assert {entry["reconciles"] for entry in registry if entry["shape"] == shape} == {"sums"}
