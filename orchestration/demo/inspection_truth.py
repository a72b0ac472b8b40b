"""Counts the quality inspections for the ground truth: scores, errors, coverage, gaps, agreement."""

from collections.abc import Iterator

import numpy as np

from orchestration.demo.cube import Cube, Parts, Scopes
from orchestration.demo.inspections import CRITERIA, INSPECTORS, WEIGHTS, Reviews
from orchestration.demo.plan import NEVER, Bools, Ints
from orchestration.demo.tickets import Tickets

BANDS = np.array([60, 70, 80, 90])  # the lowest band lies below the first
KINDS = {"inspection_kind": ["日常", "专项"], "inspector_kind": ["服务质检", "质量部", "第三方"]}
KIND_OF_INSPECTOR = np.array([KINDS["inspector_kind"].index(kind) for _, kind in INSPECTORS])
Place = tuple[str, str, str, str]  # scope type, scope key, grain, first day


class InspectionTruth:
    """Adds inspections chunk by chunk."""

    def __init__(self, cube: Cube) -> None:
        """Add to `cube`."""
        self.cube = cube
        self._first = NEVER

    def add_coverage(self, tickets: Tickets, scopes: Scopes, reviews: Reviews) -> None:
        """Due are tickets closed after the first inspection, which is one of the first chunk."""
        if self._first == NEVER:
            self._first = reviews.reviewed.min()
        closed = tickets.stamps["closed"]
        due = (tickets.exclusion == 0) & (closed < NEVER) & (closed >= self._first)
        self.cube.add("qa_coverage", scopes, closed, np.isin(tickets.number, reviews.ticket), due)

    def add_reviews(self, reviews: Reviews, scopes: Scopes) -> Ints:
        """Returns the scores in hundredths; a critical failure leaves only the weights."""
        at, rated, failed = reviews.reviewed, reviews.score >= 0, reviews.critical_failed
        kinds = {
            "inspection_kind": reviews.is_special.astype(np.int64),
            "inspector_kind": KIND_OF_INSPECTOR[reviews.inspector],
        }
        weights, has_error = WEIGHTS * rated, np.asarray(failed.any(axis=1))
        weight = weights.sum(axis=1)
        points = (weights * reviews.score).sum(axis=1) * ~has_error
        self.cube.add("qa_score", scopes.with_others(kinds), at, points, weight)
        everyone = np.ones_like(weight)
        self.cube.add("service_error_rate", scopes.with_others(kinds), at, has_error, everyone)
        counted = np.where(failed, 0, reviews.score)
        for criterion in range(len(CRITERIA)):
            split = scopes.without().with_others({"qa_criterion": np.full(len(at), criterion)})
            worth = weights[:, criterion]
            self.cube.add("_qa_criteria", split, at, worth * counted[:, criterion], worth)
            band = 1 + np.searchsorted(BANDS, counted[:, criterion], "right")
            self._add_pairs(reviews, split, band, worth > 0)
        return np.asarray((200 * points + weight) // (2 * weight))

    def _add_pairs(self, reviews: Reviews, scopes: Scopes, band: Ints, rated: Bools) -> None:
        """A ticket's first two inspections; they count at the later one."""
        order = np.lexsort((np.arange(reviews.count), reviews.reviewed, reviews.ticket))
        one, other = order[:-1], order[1:]
        pair = (reviews.ticket[one] == reviews.ticket[other]) & rated[one] & rated[other]
        one, other = one[pair], other[pair]
        a, b, at, of_pairs = band[one], band[other], reviews.reviewed[other], scopes.at(other)
        self.cube.add("_kappa_products", of_pairs, at, a * b, a * a + b * b)
        self.cube.add("_kappa_sums", of_pairs, at, a, b)

    def finish(self, kpis: dict[str, Parts]) -> None:
        """Put what follows from the sums into the ground truth."""
        kpis["qa_score"]["qa_criterion"] = self.cube.parts("_qa_criteria")["qa_criterion"]
        kpis["qa_agreement"] = _kappa(self.cube.parts("_kappa_products"), self.cube.parts("_kappa_sums"))
        kpis["qa_score_gap"] = _gaps({kind: kpis["qa_score"][kind] for kind in KINDS})


def _places(parts: Parts) -> Iterator[tuple[Place, list[int]]]:
    for scope_type, keys in parts.items():
        for key, grains in keys.items():
            for grain, firsts in grains.items():
                for first, triple in firsts.items():
                    yield (scope_type, key, grain, first), triple


def _put(parts: Parts, place: Place, triple: list[int]) -> None:
    scope_type, key, grain, first = place
    parts.setdefault(scope_type, {}).setdefault(key, {}).setdefault(grain, {})[first] = triple


def _kappa(products: Parts, sums: Parts) -> Parts:
    """Observed against expected squared distance of the bands: one less their quotient, times n squared."""
    result: Parts = {}
    of_sums = dict(_places(sums))
    for place, (product, squares, n) in _places(products):
        a, b, _ = of_sums[place]
        expected, observed = n * squares - 2 * a * b, n * (squares - 2 * product)
        _put(result, place, [expected - observed, expected, n])
    return result


def _gaps(scores: Parts) -> Parts:
    """The score of a kind minus that of all the others."""
    result: Parts = {}
    found = dict(_places(scores))
    for place, (points, weight, n) in found.items():
        others = [
            parts
            for other, parts in found.items()
            if (other[0], *other[2:]) == (place[0], *place[2:]) and other != place
        ]
        other_points, other_weight = (sum(parts[i] for parts in others) for i in (0, 1))
        if other_weight:
            gap = points * other_weight - other_points * weight
            _put(result, place, [gap, weight * other_weight, n])
    return result
