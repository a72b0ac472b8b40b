"""The analytic hierarchy process: priorities of one table of judgements, and how consistent it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

Pair = tuple[str, str]
# Saaty's mean consistency index of random matrices of size 1 to 10.
RANDOM_INDEX = tuple(Decimal(hundredths) / 100 for hundredths in (0, 0, 58, 90, 112, 124, 132, 141, 145, 149))
MOST_CHILDREN = len(RANDOM_INDEX)
DIGITS = 40
CLOSE = Decimal("1e-20")
STEPS = 10_000


class JudgementError(ValueError):
    """A table of judgements is not whole; the message names what is wrong."""


@dataclass(frozen=True)
class Priorities:
    """What a table of judgements says: shares that add up to 1, and how far it contradicts itself."""

    weights: Mapping[str, Decimal]
    consistency_ratio: Decimal
    worst_pair: Pair | None
    worst_judgement: Decimal
    worst_implied: Decimal


def priorities(codes: Sequence[str], judgements: Mapping[Pair, Decimal]) -> Priorities:
    """The principal eigenvector of the judgements, normalised to 1, with its consistency ratio CI / RI.

    `judgements[a, b]` says how many times as important a is as b; each pair is judged once, in either order.
    The worst pair is the one whose judgement is furthest, as a ratio, from what the weights say. Computed in
    decimals, so that every machine gives the same digits. Raises JudgementError.
    """
    matrix = _matrix(codes, judgements)
    with localcontext() as context:
        context.prec = DIGITS
        vector, largest = _principal(matrix)
        ratio = _consistency_ratio(largest, len(codes))
        weights = dict(zip(codes, vector, strict=True))
        contradictions = [
            (max(judged * weights[b] / weights[a], weights[a] / (judged * weights[b])), (a, b))
            for (a, b), judged in sorted(judgements.items())
        ]
        _, worst = max(contradictions, key=lambda item: item[0], default=(Decimal(1), None))
        implied = weights[worst[0]] / weights[worst[1]] if worst else Decimal(1)
    return Priorities(weights, ratio, worst, judgements[worst] if worst else Decimal(1), implied)


def _matrix(codes: Sequence[str], judgements: Mapping[Pair, Decimal]) -> list[list[Decimal]]:
    if len(codes) > MOST_CHILDREN:
        raise JudgementError(f"{len(codes)} codes are compared, at most {MOST_CHILDREN} can be")
    places = {code: place for place, code in enumerate(codes)}
    filled: dict[tuple[int, int], Decimal] = {(place, place): Decimal(1) for place in places.values()}
    with localcontext() as context:
        context.prec = DIGITS
        for (a, b), judged in judgements.items():
            if a == b or (places[a], places[b]) in filled:
                raise JudgementError(f"{a} and {b} are compared twice")
            filled[places[a], places[b]], filled[places[b], places[a]] = judged, 1 / judged
    for a, row in places.items():
        for b, column in places.items():
            if (row, column) not in filled:
                raise JudgementError(f"{a} and {b} are not compared")
    size = range(len(codes))
    return [[filled[row, column] for column in size] for row in size]


def _principal(matrix: list[list[Decimal]]) -> tuple[list[Decimal], Decimal]:
    """Eigenvector, as shares, and eigenvalue, by power iteration: of a positive matrix, one dominates."""
    vector = [Decimal(1) / len(matrix)] * len(matrix)
    for _ in range(STEPS):
        image = [sum((a * v for a, v in zip(row, vector, strict=True)), Decimal(0)) for row in matrix]
        largest = sum(image, Decimal(0))
        found = [value / largest for value in image]
        if max(abs(a - b) for a, b in zip(found, vector, strict=True)) < CLOSE:
            return found, largest
        vector = found
    raise JudgementError("the judgements contradict each other so much that no weights emerge")


def _consistency_ratio(largest: Decimal, size: int) -> Decimal:
    random_index = RANDOM_INDEX[size - 1]
    if random_index == 0:
        return Decimal(0)
    return (largest - size) / (size - 1) / random_index
