"""What macros find in dbt but not in sqlfluff: this package's names become their context while linting."""

from collections.abc import Callable
from typing import Any

import yaml

execute = False


def fromyaml(text: str) -> Any:
    """The value of a YAML text, as dbt's `fromyaml` gives it."""
    return yaml.safe_load(text)


def _function_call(name: str) -> Callable[..., str]:
    return lambda *arguments: f"{name}({', '.join(map(str, arguments))})"


class _CrossDatabaseMacros:
    """Stands in for dbt's own macros: `dbt.dateadd(...)` is written as a function call."""

    def __getattr__(self, name: str) -> Callable[..., str]:
        return _function_call(name)


class _Adapter:
    """Stands in for dbt's adapter: nothing is asked of a database, a dispatched macro is a function call."""

    def dispatch(self, macro_name: str) -> Callable[..., str]:
        """A function that writes `macro_name(arguments)`."""
        return _function_call(macro_name)

    def get_columns_in_relation(self, _relation: object) -> list[Any]:
        """No columns are known while linting."""
        return []


dbt = _CrossDatabaseMacros()
adapter = _Adapter()
