"""What is expected of every guarded table: one file per table, found by its place in the tree."""

import pkgutil
from functools import cache
from importlib import import_module

from orchestration.quality.suite import Suite, SuiteError


@cache
def raw_suites() -> tuple[Suite, ...]:
    """The suites of the delivered tables, by table name."""
    return _suites("raw")


@cache
def core_suites() -> tuple[Suite, ...]:
    """The suites of the star, by table name."""
    return _suites("core")


def _suites(layer: str) -> tuple[Suite, ...]:
    package = import_module(f"expectations.{layer}")
    return tuple(
        _suite(layer, name) for name in sorted(m.name for m in pkgutil.iter_modules(package.__path__))
    )


def _suite(layer: str, name: str) -> Suite:
    suite: Suite = import_module(f"expectations.{layer}.{name}").SUITE
    if suite.table != f"{layer}.{name}":
        raise SuiteError(
            f"expectations/{layer}/{name}.py guards {suite.table}; a file is named after its table."
        )
    return suite
