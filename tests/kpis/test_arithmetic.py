"""Quotients are exact, intervals have their known values: the macros against formulas written separately."""

import csv
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.settings import DBT_PROJECT_DIR
from tests.kpis.macros import call

narrow, wide = st.decimals(-(10**6), 10**6, places=6), st.decimals(-(10**12), 10**12, places=6)
edges = st.sampled_from([Decimal(text) for text in ("999999.999999", "1000000", "1000000.000001", "1")])
decimals = st.one_of(narrow, wide, edges)
RATIO = (
    f"select {call('exact_ratio', 'a', 'b')} from (select $1::decimal(38, 6) as a, $2::decimal(38, 6) as b)"
)
WHOLE_RATIO = f"select {call('whole_ratio', 'a + 0', 'b')} from (select $1::hugeint as a, $2::hugeint as b)"
ROOT = f"select {call('exact_root', 'a', 'b')} from (select $1::hugeint as a, $2::hugeint as b)"

INTERVAL = f"""
    select {call("interval_centre", "parts")},
        {call("interval_margin", "parts", call("t_quantile_beyond_table", "(parts.n - 1)"))}
    from (
        select $1 as interval_method, $2::decimal(38, 6) as numerator, $3::bigint as n,
            $4::decimal(38, 6) as squares, $5::double as scale
    ) as parts
"""


def rounded(value: Fraction, digits: int) -> Decimal:
    """Half away from zero, as a decimal."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)


def ask(sql: str, *values: object) -> Decimal | float | None:
    row = duckdb.execute(sql, list(values)).fetchone()
    assert row is not None
    return row[0]  # type: ignore[no-any-return]


@settings(max_examples=300, deadline=None)
@given(decimals, decimals.filter(lambda value: abs(value) >= 1))
def test_a_ratio_is_the_exact_quotient_rounded_once(above: Decimal, below: Decimal) -> None:
    expected = rounded(Fraction(above) / Fraction(below), 6)
    if abs(expected) < 10**12:
        assert ask(RATIO, above, below) == expected


@settings(max_examples=100, deadline=None)
@given(st.integers(-(10**30), 10**30), st.integers(10**13, 10**24))
def test_a_whole_ratio_is_the_nearest_whole_number(above: int, below: int) -> None:
    assert ask(WHOLE_RATIO, above, below) == rounded(Fraction(above, below), 0)


def test_a_whole_ratio_rounds_half_away_from_zero() -> None:
    assert [ask(WHOLE_RATIO, above, 2) for above in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [(1, 3, "0.333333"), (2, 3, "0.666667"), (1, 640, "0.001563"), (-1, 640, "-0.001563"), (0, 5, "0")],
)
def test_a_ratio_rounds_half_away_from_zero(above: int, below: int, expected: str) -> None:
    assert ask(RATIO, above, below) == Decimal(expected)


def test_nothing_over_nothing_is_null() -> None:
    assert ask(RATIO, 0, 0) is None
    assert ask(RATIO, 5, 0) is None


def interval(
    method: str, numerator: Decimal, n: int, squares: Decimal | None, scale: int = 1
) -> tuple[float, float]:
    row = duckdb.execute(INTERVAL, [method, numerator, n, squares, scale]).fetchone()
    assert row is not None
    return row[0] - row[1], row[0] + row[1]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_bounds_are_the_roots_of_their_quadratic(counts: tuple[int, int]) -> None:
    successes, n = counts
    low, high = interval("wilson", Decimal(successes), n, None)
    share, z_squared = successes / n, 1.96**2
    for bound in (low, high):
        assert (bound - share) ** 2 == pytest.approx(z_squared * bound * (1 - bound) / n, abs=1e-9)
    assert low <= share + 1e-12
    assert high >= share - 1e-12


def test_nps_margin_is_the_catalogue_s() -> None:
    low, high = interval("nps", Decimal(120), 400, Decimal(280), scale=100)
    assert (low + high) / 2 == pytest.approx(30)
    assert round((high - low) / 2, 3) == 7.654


def test_mean_interval_is_student_s_also_for_large_sums() -> None:
    scores = [Decimal(1_000_000) + step for step in (1, 2, 3, 4) * 25]
    low, high = interval("mean", sum(scores, Decimal(0)), 100, sum((s * s for s in scores), Decimal(0)))
    sample_variance = Fraction(125, 99)
    assert (high - low) / 2 == pytest.approx(1.9842169516 * sqrt(sample_variance / 100), rel=1e-9)


@pytest.mark.parametrize(
    ("df", "quantile"), [(49, 2.0096), (99, 1.9842), (100, 1.9840), (31, 2.0395), (100_000, 1.9600)]
)
def test_t_quantiles_beyond_the_table(df: int, quantile: float) -> None:
    found = ask(f"select {call('t_quantile_beyond_table', '$1')}", df)
    assert round(float(found or 0), 4) == quantile


def test_the_table_of_t_quantiles_has_the_known_values_and_meets_the_expansion() -> None:
    with (DBT_PROJECT_DIR / "seeds" / "t_quantiles.csv").open(encoding="utf-8", newline="") as file:
        table = {int(row["df"]): float(row["quantile"]) for row in csv.DictReader(file)}
    assert sorted(table) == list(range(1, 31))
    known = {1: 12.7062, 2: 4.3027, 4: 2.7764, 9: 2.2622, 19: 2.0930, 29: 2.0452}
    assert {df: round(table[df], 4) for df in known} == known
    expansion = ask(f"select {call('t_quantile_beyond_table', '$1')}", 30)
    assert table[30] == pytest.approx(float(expansion or 0), abs=5e-8)
    assert all(table[df] > table[df + 1] for df in range(1, 30))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**13), st.integers(1, 10**13))
def test_a_root_is_the_exact_one_rounded_once(above: int, below: int) -> None:
    found = ask(ROOT, above, below)
    assert isinstance(found, Decimal)
    nearest = Fraction(found) * 2 * 10**6
    assert max(nearest - 1, Fraction(0)) ** 2 * below <= 4 * 10**12 * above < (nearest + 1) ** 2 * below


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [(24, 36, "0.816497"), (0, 36, "0"), (80, 144, "0.745356"), (1, 4 * 10**12, "0.000001"), (1, 0, None)],
)
def test_a_root_has_its_known_values(above: int, below: int, expected: str | None) -> None:
    assert ask(ROOT, above, below) == (expected and Decimal(expected))
