"""Every composite score and every contribution, recomputed from published KPI scores and weights."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from tests.end_to_end.project import Project

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("demo")]

SCORED = """
select audience_code, scope_key, period_grain, period_start, kpi_code, weight, score
from kpis.fct_kpi_values
inner join kpis.dim_periods using (period_grain, period_start)
inner join core.kpi_weights using (kpi_code)
inner join core.audiences using (audience_code, scope_type)
where scope_key <> 'unknown' and period_grain <> 'day' and (audience_code, period_grain) <> ('agent', 'week')
    and period_end >= valid_from and (valid_to is null or period_end < valid_to)
    and is_complete and score is not null
"""
WEIGHTS = """
select distinct audience_code, period_grain, period_start, kpi_code, weight
from kpis.dim_periods
inner join core.kpi_weights on period_end >= valid_from and (valid_to is null or period_end < valid_to)
where period_grain <> 'day'
"""
COMPOSITES = """
select audience_code, scope_key, period_grain, period_start, part_type, part_code, value, numerator,
    denominator, share_of_weight_present
from kpis.fct_composite_scores
"""
STEPS = {"previous_period": {}, "previous_year": {"week": 52, "month": 12, "quarter": 4, "half_year": 2}}
MINIMUM = Fraction(60, 100)
Place = tuple[str, str, str, date]


@dataclass(frozen=True)
class World:
    """Weight and score by place and KPI; all weights by audience and period; the parts of a KPI."""

    scored: dict[Place, dict[str, tuple[Fraction, Fraction]]]
    weights: dict[tuple[str, str, date], dict[str, Fraction]]
    parts: dict[str, set[tuple[str, str]]]


@pytest.fixture(scope="module")
def world(demo: Project) -> World:
    scored: dict[Place, dict[str, tuple[Fraction, Fraction]]] = defaultdict(dict)
    for *place, kpi, weight, score in demo.query(SCORED):
        scored[tuple(place)][kpi] = (Fraction(weight), Fraction(score))
    weights: dict[tuple[str, str, date], dict[str, Fraction]] = defaultdict(dict)
    for audience, grain, start, kpi, weight in demo.query(WEIGHTS):
        weights[audience, grain, start][kpi] = Fraction(weight)
    parts = {
        kpi: {("overall", "all"), ("pillar", pillar), ("aspect", aspect), ("element", element),
              ("kind", kind), ("element_of_kind", f"{kind}/{element}")}
        for kpi, pillar, aspect, element, kind in demo.query(
            "select kpi_code, pillar, aspect, element, kind from kpis.dim_kpi"
        )
    }  # fmt: skip
    return World(scored, weights, parts)


def rounded(value: Fraction, places: int = 4) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def test_every_composite_is_the_weighted_mean_of_the_final_scores(demo: Project, world: World) -> None:
    found, audiences, known = 0, set(), 0
    for *columns, part_type, part_code, value, numerator, denominator, share in demo.query(COMPOSITES):
        place: Place = tuple(columns)
        part = (part_type, part_code)
        present = [pair for kpi, pair in world.scored.get(place, {}).items() if part in world.parts[kpi]]
        of_part = [
            weight
            for kpi, weight in world.weights[place[0], place[2], place[3]].items()
            if part in world.parts[kpi]
        ]
        points, weight = (
            sum((w * s for w, s in present), Fraction(0)),
            sum((w for w, _ in present), Fraction(0)),
        )
        assert (Fraction(numerator), Fraction(denominator)) == (points, weight)
        assert share == rounded(weight / sum(of_part), 6)
        expected = rounded(points / weight) if weight / sum(of_part) >= MINIMUM else None
        assert value == expected, (place, part)
        found, known = found + 1, known + (value is not None)
        audiences.add(place[0])
    assert len(audiences) == 9
    assert found > known > 1_000


def mean(pairs: dict[str, tuple[Fraction, Fraction]]) -> Fraction:
    return sum((w * s for w, s in pairs.values()), Fraction(0)) / sum(w for w, _ in pairs.values())


def contributions(
    before: dict[str, tuple[Fraction, Fraction]], now: dict[str, tuple[Fraction, Fraction]]
) -> Iterator[tuple[str, Fraction]]:
    """The three steps of decision 0045: leave, move, join."""
    common = before.keys() & now.keys()
    old, new = {kpi: before[kpi] for kpi in common}, {kpi: now[kpi] for kpi in common}
    middle = (mean(before) + mean(now)) / 2
    old_mean, new_mean = (mean(old), mean(new)) if common else (middle, middle)
    for kpi in before.keys() | now.keys():
        if kpi not in now:
            weight, score = before[kpi]
            yield kpi, weight / sum(w for w, _ in before.values()) * (old_mean - score)
        elif kpi not in before:
            weight, score = now[kpi]
            yield kpi, weight / sum(w for w, _ in now.values()) * (score - new_mean)
        else:
            u0, u1 = (
                old[kpi][0] / sum(w for w, _ in old.values()),
                new[kpi][0] / sum(w for w, _ in new.values()),
            )
            s0, s1 = old[kpi][1], new[kpi][1]
            centre = (old_mean + new_mean) / 2
            yield kpi, (u0 + u1) / 2 * (s1 - s0) + (u1 - u0) * ((s0 + s1) / 2 - centre)


def test_every_contribution_is_that_of_the_three_steps(demo: Project, world: World) -> None:
    numbers = {
        (grain, start): number
        for grain, start, number in demo.query(
            "select period_grain, period_start, period_number from kpis.dim_periods"
        )
    }
    starts = {(grain, number): start for (grain, start), number in numbers.items()}
    published: dict[tuple[Place, str], dict[str, Decimal]] = defaultdict(dict)
    for *place, comparison, kpi, contribution in demo.query(
        "select audience_code, scope_key, period_grain, period_start, comparison, kpi_code, contribution"
        " from kpis.fct_score_drivers"
    ):
        published[tuple(place), comparison][kpi] = contribution
    assert len(published) > 500
    for ((audience, key, grain, start), comparison), explained in published.items():
        back = STEPS[comparison].get(grain, 1)
        before = world.scored[audience, key, grain, starts[grain, numbers[grain, start] - back]]
        now = world.scored[audience, key, grain, start]
        expected = dict(contributions(before, now))
        assert explained.keys() == expected.keys()
        assert sum(explained.values()) == rounded(mean(now)) - rounded(mean(before))
        # Each is rounded; what is left over stands at one KPI.
        slack = Decimal("0.00005") * (len(expected) + 3)
        for kpi, contribution in explained.items():
            assert abs(contribution - rounded(expected[kpi], 12)) <= slack, (audience, key, start, kpi)
