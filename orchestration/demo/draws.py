"""Draws at random: indices by weight, and what happens to about a share of the rows."""

from collections.abc import Sequence

import numpy as np

from orchestration.demo.plan import Bools, Ints

Random = np.random.Generator


def choice(random: Random, count: int, weights: Sequence[int]) -> Ints:
    """`count` indices drawn by integer weights."""
    steps = np.cumsum(weights)
    return np.searchsorted(steps, random.integers(0, steps[-1], count), side="right").astype(np.int64)


def chance(random: Random, count: int, share: float) -> Bools:
    """True for about this share of `count` rows."""
    return np.asarray(random.random(count) < share)


def happens(random: Random, share: float) -> bool:
    """True in about this share of the calls."""
    return bool(random.random() < share)
