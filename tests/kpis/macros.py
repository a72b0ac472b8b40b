"""The dbt macros of the KPI layer, rendered without dbt: for DuckDB, with relations by their bare names."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn, cast

import yaml
from jinja2 import Environment

from orchestration.settings import DBT_PROJECT_DIR

Macro = Callable[..., Any]
MACROS = DBT_PROJECT_DIR / "macros"
NAMES = ("kpi_scopes.sql", "kpi_values.sql", "kpi_percentiles.sql", "arithmetic.sql", "time.sql")
FILES = (*sorted((MACROS / "registry").glob("*.sql")), *(MACROS / name for name in NAMES))


class _Returned(Exception):  # noqa: N818 - it carries a value, it is no error
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


def _give_back(value: Any) -> NoReturn:
    raise _Returned(value)


class _DuckDb:
    """Stands in for dbt's adapter: every dispatched macro is DuckDB's."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def dispatch(self, name: str) -> Macro:
        return cast("Macro", self._environment.globals[f"duckdb__{name}"])


def _with_value(macro: Macro) -> Macro:
    def run(*arguments: Any, **named: Any) -> Any:
        try:
            return macro(*arguments, **named)
        except _Returned as returned:
            return returned.value

    return run


def _late(macros: dict[str, Macro], name: str) -> Macro:
    return lambda *arguments, **named: macros[name](*arguments, **named)  # noqa: PLW0108 - loaded later


@cache
def kpi_macros() -> Environment:
    """An environment in which the macros of the registry, the values and the arithmetic are functions."""
    environment = Environment(extensions=["jinja2.ext.do"], autoescape=False)  # noqa: S701 - it writes SQL
    environment.globals |= {
        "fromyaml": yaml.safe_load,
        "return": _give_back,
        "ref": lambda name: name,
        "adapter": _DuckDb(environment),
    }
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    loaded: dict[str, Macro] = {}
    # A template copies its globals, so macros of other files are named before any file is loaded.
    for name in re.findall(r"{% macro (\w+)", "".join(texts)):
        environment.globals[name] = _late(loaded, name)
    for text in texts:
        module = vars(environment.from_string(text).module)
        loaded |= {name: _with_value(macro) for name, macro in module.items() if callable(macro)}
    return environment


def call(macro: str, *arguments: Any, **named: Any) -> Any:
    """What a macro gives: its SQL, or the value that it returns."""
    return cast("Macro", kpi_macros().globals[macro])(*arguments, **named)


def rendered(path: str, **instead: Macro) -> str:
    """A file of the dbt project as SQL, its relations by their bare names; `instead` replaces macros."""
    text = (DBT_PROJECT_DIR / path).read_text(encoding="utf-8")
    return kpi_macros().from_string(text).render(instead)
