"""The ground truth says what a plain reading of the delivered files says, figure by figure."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from tests.demo.conftest import Made
from tests.demo.delivered import Reader
from tests.demo.recomputed import Recomputed, flat

UNITS = {"first_response_minutes": 60, "resolution_minutes": 60, "complaint_handling_hours": 3600}
UNITS["complaint_handling_hours_bh"] = 3600
SHARES = {"_p50": Fraction(1, 2), "_p90": Fraction(9, 10)}


@pytest.fixture(scope="session", params=["UTC", "America/New_York"])
def both(request: pytest.FixtureRequest, make: Callable[..., Made]) -> tuple[Made, Recomputed]:
    made = make(tickets=1500, months=4, reporting_time_zone=request.param)
    return made, Recomputed(Reader(made.inbox).read(), request.param)


def test_every_part_of_every_kpi_equals_the_recomputation(both: tuple[Made, Recomputed]) -> None:
    made, recomputed = both
    expected = {key: parts for key, parts in recomputed.parts.items() if any(parts)}
    codes, scope_types = ({key[place] for key in expected} for place in (0, 1))
    stated = flat(made.truth["kpis"])
    sums = {key: parts for key, parts in stated.items() if key[0] in codes and key[1] in scope_types}
    assert len({key[0] for key in sums}) >= 25
    assert {key: parts for key, parts in sums.items() if expected.get(key) != parts} == {}
    assert sums.keys() == expected.keys()


def test_percentiles_interpolate_linearly_and_exactly(both: tuple[Made, Recomputed]) -> None:
    made, recomputed = both
    expected = {}
    for (kpi, *rest), values in recomputed.values.items():
        for suffix, share in SHARES.items():
            exact = recomputed.percentile((kpi, *rest), share) / UNITS[kpi]  # type: ignore[arg-type]
            expected[kpi + suffix, *rest] = [exact.numerator, exact.denominator, len(values)]
    codes, scope_types = ({key[place] for key in expected} for place in (0, 1))
    stated = flat(made.truth["kpis"])
    assert {key: p for key, p in stated.items() if key[0] in codes and key[1] in scope_types} == expected


def test_unreadable_rows_are_counted_by_table(both: tuple[Made, Recomputed]) -> None:
    made, recomputed = both
    stated = {table: sum(kinds.values()) for table, kinds in made.truth["quarantined"].items()}
    assert stated == dict(recomputed.company.refused)


def test_repeated_rows_are_counted_by_table(both: tuple[Made, Recomputed]) -> None:
    made, recomputed = both
    duplicates, older = made.truth["duplicates"], made.truth["corrections"]
    stated = {table: duplicates[table] + older.get(table, 0) for table in duplicates}
    assert stated == dict(recomputed.company.repeated)


def test_delivered_rows_are_counted_by_file(both: tuple[Made, Recomputed]) -> None:
    made, recomputed = both
    for name, rows in recomputed.company.delivered.items():
        assert sum(made.truth["files"][name].values()) == rows


def test_a_company_too_large_for_percentiles_says_so_by_leaving_them_out(
    make: Callable[..., Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.demo.ground_truth.PERCENTILE_TICKETS", 100)
    kpis = make(tickets=200, months=1).truth["kpis"]
    assert "resolution_minutes" in kpis
    assert not [code for code in kpis if code[-4:] in SHARES]
