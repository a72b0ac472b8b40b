"""Sums add up over periods and members; percentiles are those of the rows at every grain."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import duckdb
import pytest

from tests.end_to_end.project import Project
from tests.kpis.macros import call
from tests.kpis.test_catalogue import DUE

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("demo")]
ENTRIES = {entry["code"]: entry for entry in call("kpi_registry") if entry["due"] == "now"}
ADDITIVE = sorted(code for code, entry in ENTRIES.items() if entry["additive"])
RATIOS = sorted(code for code, entry in ENTRIES.items() if entry["shape"] == "ratio")
PERCENTILES = sorted(code for code, entry in ENTRIES.items() if entry["shape"] == "percentile")
# Which grain is made of which whole ones; only three scope types have days.
MADE_OF = {"week": "day", "month": "day", "quarter": "month", "half_year": "quarter", "year": "half_year"}
# A part of a review that failed leaves the others their scores, so the criteria are more than the whole.
FINER = {"qa_criterion"}
Rows = list[tuple[Any, ...]]


def rows_of(demo: Project, sql: str, *values: Any) -> Rows:
    with duckdb.connect(str(demo.published / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.mark.parametrize("kpi_code", ADDITIVE)
def test_a_period_is_the_sum_of_the_shorter_ones_in_it(demo: Project, kpi_code: str) -> None:
    compared = 0
    for whole, part in MADE_OF.items():
        sql = """
            with parts as (
                select kpi_code, scope_type, scope_key, whole.period_start, sum(numerator) as numerator,
                    sum(denominator) as denominator, sum(n) as n
                from kpis.fct_kpi_values as parts
                inner join kpis.dim_periods as whole
                    on whole.period_grain = $2
                    and parts.period_start between whole.period_start and whole.period_end
                where kpi_code = $1 and parts.period_grain = $3
                group by all
            )
            select wholes.scope_type, wholes.scope_key, wholes.period_start,
                wholes.numerator = parts.numerator and wholes.denominator = parts.denominator
                and wholes.n = parts.n
            from (from kpis.fct_kpi_values where kpi_code = $1 and period_grain = $2) as wholes
            full join parts using (kpi_code, scope_type, scope_key, period_start)
            where $3 <> 'day'
                or coalesce(wholes.scope_type, parts.scope_type) in ('organisation', 'department', 'team')
        """
        found = rows_of(demo, sql, kpi_code, whole, part)
        assert [row for row in found if row[3] is not True] == [], f"{whole} of {part}"
        compared += len(found)
    assert compared > 0


@pytest.mark.parametrize("kpi_code", ADDITIVE)
def test_the_organisation_is_the_sum_of_the_members_of_each_scope_type(demo: Project, kpi_code: str) -> None:
    sql = """
        select scope_type, period_grain, period_start, sum(numerator), sum(denominator), sum(n)
        from kpis.fct_kpi_values
        where kpi_code = $1
            and (period_grain <> 'day' or scope_type in ('organisation', 'department', 'team'))
        group by all
    """
    sums = {row[:3]: row[3:] for row in rows_of(demo, sql, kpi_code)}
    types = {scope_type for scope_type, _, _ in sums} - {"organisation"} - FINER
    wholes = {place[1:]: parts for place, parts in sums.items() if place[0] == "organisation"}
    assert types
    assert wholes
    with_days = {"department", "team"}
    wrong = [
        (scope_type, period)
        for period, parts in wholes.items()
        for scope_type in types
        if period[0] != "day" or scope_type in with_days
        if sums.get((scope_type, *period)) != parts
    ]
    assert wrong == []


@pytest.mark.parametrize("kpi_code", RATIOS)
def test_a_ratio_is_the_quotient_of_the_sums_over_the_rows_of_its_fact(demo: Project, kpi_code: str) -> None:
    """Worked out from the rows for every period of the organisation and of each team or other first scope."""
    entry = ENTRIES[kpi_code]
    scope = call("kpi_scopes", entry["fact"])[0]
    members = {"organisation": "'all'", scope: call("kpi_scope_column", scope).strip()}
    for scope_type, member in members.items():
        sql = f"""
            select period_grain, period_start, {member}, sum(cast({entry["numerator"]} as decimal(18, 6))),
                sum(cast({entry["denominator"]} as decimal(18, 6))), count(*)
            from core.{entry["fact"]} inner join kpis.dim_periods
                on {entry["date"]} between period_start and period_end
            where cast({entry["denominator"]} as decimal(18, 6)) <> 0 and {member} is not null
            group by all
        """
        expected = {row[:3]: row[3:] for row in rows_of(demo, sql)}
        ask = """
            select period_grain, period_start, scope_key, numerator, denominator, n, value
            from kpis.fct_kpi_values where kpi_code = $1 and scope_type = $2
        """
        stated = {row[:3]: row[3:] for row in rows_of(demo, ask, kpi_code, scope_type)}
        told = {place[0] for place in stated}
        wanted = {place: parts for place, parts in expected.items() if place[0] in told}
        assert {place: parts[:3] for place, parts in stated.items()} == wanted
        assert stated
        for above, below, _, value in stated.values():
            scale = Fraction(entry["multiplier"], entry["divisor"])
            exact = Fraction(above) / Fraction(below) * scale
            assert value is None or abs(Fraction(value) - exact) <= Fraction(1, 2 * 10**6)


def measured(demo: Project, entry: dict[str, Any]) -> Iterator[tuple[date, int, dict[str, str]]]:
    """Day, seconds and members of every row that counts."""
    columns = {scope: call("kpi_scope_column", scope).strip() for scope in call("kpi_scopes", entry["fact"])}
    sql = f"""
        select {entry["date"]}, {entry["numerator"]}, {", ".join(columns.values())} from core.{entry["fact"]}
        where {entry["denominator"]} and {entry["date"]} is not null
    """
    for day, amount, *members in rows_of(demo, sql):
        yield day, amount, {"organisation": "all", **dict(zip(columns, members, strict=True))}


def interpolated(amounts: list[int], share: Fraction) -> Fraction:
    """Linear between the two nearest of the sorted amounts."""
    place = share * (len(amounts) - 1)
    low = int(place)
    high = min(low + 1, len(amounts) - 1)
    return amounts[low] + (amounts[high] - amounts[low]) * (place - low)


def exact_percentiles(demo: Project, entry: dict[str, Any]) -> dict[tuple[Any, ...], tuple[int, Fraction]]:
    """Grain, first day, scope type and member: number of rows and their percentile, in the KPI's unit."""
    starts: dict[date, list[tuple[str, date]]] = defaultdict(list)
    sql = """
        select date_day, period_grain, period_start from core.dim_dates inner join kpis.dim_periods
            on date_day between period_start and period_end
    """
    for day, grain, start in rows_of(demo, sql):
        starts[day].append((grain, start))
    amounts: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for day, amount, members in measured(demo, entry):
        for grain, start in starts[day]:
            for scope_type, member in members.items():
                if member is not None and (
                    grain != "day" or scope_type in {"organisation", "department", "team"}
                ):
                    amounts[grain, start, scope_type, member].append(amount)
    share, scale = Fraction(str(entry["percentile"])), Fraction(entry["multiplier"], entry["divisor"])
    return {
        place: (len(found), interpolated(sorted(found), share) * scale) for place, found in amounts.items()
    }


@pytest.mark.parametrize("kpi_code", PERCENTILES)
def test_a_percentile_is_that_of_the_rows_in_every_scope_and_period(demo: Project, kpi_code: str) -> None:
    expected = exact_percentiles(demo, ENTRIES[kpi_code])
    ask = """
        select period_grain, period_start, scope_type, scope_key, n, value
        from kpis.fct_kpi_values where kpi_code = $1
    """
    stated = {row[:4]: row[4:] for row in rows_of(demo, ask, kpi_code)}
    assert stated.keys() == expected.keys()
    wrong = {
        place: (value, float(exact))
        for place, (n, exact) in expected.items()
        if (value := stated[place][1]) is None
        or stated[place][0] != n
        or abs(Fraction(value) - exact) > Fraction(1, 2 * 10**6)
    }
    assert wrong == {}


@pytest.mark.parametrize("kpi_code", PERCENTILES)
def test_a_percentile_made_of_shorter_periods_would_be_noticed(demo: Project, kpi_code: str) -> None:
    """The weighted mean of the days is not what the months say, so the test before could fail."""
    sql = """
        select months.value, sum(days.value * days.n) / sum(days.n)
        from kpis.fct_kpi_values as months
        inner join kpis.fct_kpi_values as days
            on days.kpi_code = months.kpi_code and days.scope_type = months.scope_type
            and days.period_grain = 'day' and date_trunc('month', days.period_start) = months.period_start
        where months.kpi_code = $1 and months.scope_type = 'organisation' and months.period_grain = 'month'
        group by months.period_start, months.value
    """
    found = rows_of(demo, sql, kpi_code)
    assert any(abs(float(month) - float(days)) > 1e-3 for month, days in found)


def test_the_backlog_of_a_day_is_that_of_the_daily_fact(demo: Project) -> None:
    """The KPIs count by scope what came and left; the fact counts what is there."""
    sql = """
        select backlog_date, sum(open_tickets), sum(breached_tickets), sum(age_seconds)
        from core.fct_backlog_daily group by all
    """
    ask = """
        select period_start, sum(case kpi_code when 'backlog_open' then numerator end),
            sum(case kpi_code when 'backlog_breached' then numerator end),
            sum(case kpi_code when 'backlog_age_hours' then numerator end)
        from kpis.fct_kpi_values
        where kpi_code like 'backlog%' and period_grain = 'day' and scope_type = 'organisation'
        group by all having sum(n) > 0
    """
    expected, stated = rows_of(demo, sql), rows_of(demo, ask)
    assert len(expected) > 100
    assert sorted(stated) == sorted(expected)


def test_every_due_code_is_a_sum_a_percentile_or_named_by_a_rule_of_its_own() -> None:
    """What is neither is reconciled with its rows in test_evidence."""
    special = {code for code, entry in ENTRIES.items() if entry["shape"] == "special"}
    assert set(DUE) <= {*RATIOS, *PERCENTILES, *special}
