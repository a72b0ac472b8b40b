"""Makes, from an expectation's own class and arguments, columns that satisfy it and columns that break it."""

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st

from orchestration.quality.suite import Expect

ROWS = 40
Columns = dict[str, list[Any]]
Arguments = dict[str, Any]


def constant(column: str, value: Any) -> Columns:
    return {column: [value] * ROWS}


def inside(arguments: Arguments) -> float:
    """A number between the bounds; at most 1 below or above where only one is given."""
    low, high = arguments.get("min_value"), arguments.get("max_value")
    if low is not None and high is not None:
        return float(low + high) / 2 if low != high else float(low)
    return float(low) + 1 if low is not None else float(high) if high is not None else 0.0


def outside(arguments: Arguments) -> Iterator[float]:
    """A number beyond each bound that there is."""
    if arguments.get("min_value") is not None:
        yield float(arguments["min_value"]) - 1
    if arguments.get("max_value") is not None:
        yield float(arguments["max_value"]) + 1


def text_like(pattern: str) -> str:
    """The simplest text that the whole pattern matches."""
    chosen: str = find(
        st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True).map(lambda text: text.rstrip("\n")),
        lambda _: True,
        random=random.Random(0),
        settings=settings(
            database=None, phases=[Phase.generate], max_examples=5, suppress_health_check=list(HealthCheck)
        ),
    )
    return chosen


def several(count: int) -> list[str]:
    """`count` different texts, repeated to fill the rows."""
    return [f"v{number % count}" for number in range(ROWS)]


def spread(deviation: float) -> list[float]:
    """1 and a value above it, with a sample standard deviation a little above `deviation`."""
    return [1 + deviation * 2 * (number % 2) for number in range(ROWS)]


def good_range(a: Arguments) -> Iterator[Columns]:
    yield constant(a["column"], inside(a))


def bad_range(a: Arguments) -> Iterator[Columns]:
    yield from (constant(a["column"], value) for value in outside(a))


def good_pair(a: Arguments) -> Iterator[Columns]:
    yield {a["column_A"]: [2.0] * ROWS, a["column_B"]: [2.0 if a.get("or_equal") else 1.0] * ROWS}


def bad_pair(a: Arguments) -> Iterator[Columns]:
    yield {a["column_A"]: [1.0] * ROWS, a["column_B"]: [2.0] * ROWS}


def good_regex(a: Arguments) -> Iterator[Columns]:
    yield constant(a["column"], text_like(a["regex"]))


def bad_regex(a: Arguments) -> Iterator[Columns]:
    yield constant(a["column"], "?" * 50)


def good_length(a: Arguments) -> Iterator[Columns]:
    yield constant(a["column"], "x" * int(inside(a)))


def bad_length(a: Arguments) -> Iterator[Columns]:
    yield from (constant(a["column"], "x" * int(length)) for length in outside(a) if length >= 0)


def good_filled(a: Arguments) -> Iterator[Columns]:
    yield constant(a["column"], "x")
    yield constant(a["column"], 1.0)


def bad_filled(a: Arguments) -> Iterator[Columns]:
    if a.get("min_value"):
        yield constant(a["column"], None)


def good_distinct(a: Arguments) -> Iterator[Columns]:
    yield {a["column"]: several(int(a.get("min_value") or a.get("max_value") or 1))}
    yield {a["column"]: [float(number % int(a.get("min_value") or 1)) + 1 for number in range(ROWS)]}


def good_unique(a: Arguments) -> Iterator[Columns]:
    yield {a["column"]: [f"{number:032x}" for number in range(ROWS)]}


def bad_distinct(a: Arguments) -> Iterator[Columns]:
    if (a.get("min_value") or 0) > 1:
        yield {a["column"]: several(int(a["min_value"]) - 1)}
    if a.get("max_value"):
        yield {a["column"]: several(int(a["max_value"]) + 1)}


GOOD: dict[str, Callable[[Arguments], Iterator[Columns]]] = {
    "ExpectColumnValuesToBeBetween": good_range,
    "ExpectColumnMeanToBeBetween": good_range,
    "ExpectColumnMedianToBeBetween": good_range,
    "ExpectColumnStdevToBeBetween": lambda a: iter([{a["column"]: spread(a["min_value"])}]),
    "ExpectColumnPairValuesAToBeGreaterThanB": good_pair,
    "ExpectColumnValuesToMatchRegex": good_regex,
    "ExpectColumnValuesToNotMatchRegex": lambda a: iter([constant(a["column"], "?")]),
    "ExpectColumnValuesToBeInSet": lambda a: iter([constant(a["column"], a["value_set"][0])]),
    "ExpectColumnValueLengthsToBeBetween": good_length,
    "ExpectColumnProportionOfNonNullValuesToBeBetween": good_filled,
    "ExpectColumnUniqueValueCountToBeBetween": good_distinct,
    "ExpectColumnProportionOfUniqueValuesToBeBetween": good_unique,
}

BAD: dict[str, Callable[[Arguments], Iterator[Columns]]] = {
    "ExpectColumnValuesToBeBetween": bad_range,
    "ExpectColumnMeanToBeBetween": bad_range,
    "ExpectColumnMedianToBeBetween": bad_range,
    "ExpectColumnStdevToBeBetween": lambda a: iter([constant(a["column"], 1.0)]),
    "ExpectColumnPairValuesAToBeGreaterThanB": bad_pair,
    "ExpectColumnValuesToMatchRegex": bad_regex,
    "ExpectColumnValuesToNotMatchRegex": good_regex,
    "ExpectColumnValuesToBeInSet": lambda a: iter(
        [constant(a["column"], "?" * 50 if isinstance(a["value_set"][0], str) else -99)]
    ),
    "ExpectColumnValueLengthsToBeBetween": bad_length,
    "ExpectColumnProportionOfNonNullValuesToBeBetween": bad_filled,
    "ExpectColumnUniqueValueCountToBeBetween": bad_distinct,
    "ExpectColumnProportionOfUniqueValuesToBeBetween": lambda a: iter([constant(a["column"], "v")]),
}


def good_columns(spec: Expect) -> list[Columns]:
    """Columns that satisfy the expectation; several where types are open."""
    return list(GOOD[spec.kind](dict(spec.arguments)))


def bad_columns(spec: Expect) -> list[Columns]:
    """Columns that break it, one for each way in which it can be broken."""
    return list(BAD[spec.kind](dict(spec.arguments)))


def frame(columns: Columns) -> pd.DataFrame:
    assert all(len(a) == len(b) for a, b in pairwise(columns.values()))
    return pd.DataFrame(columns)
