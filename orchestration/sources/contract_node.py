"""Strict reading of one YAML mapping: unknown, missing, repeated or mistyped keys are errors."""

from collections.abc import Hashable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import yaml


class ContractError(ValueError):
    """A feed contract breaks a rule; the message names file, table, column and rule."""


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML's own loader keeps the last of two equal keys without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.MarkedYAMLError(
                    problem=f"key {key!r} is given twice", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep)


class Node:
    """One mapping of a contract file and its place; every key must be asked for, `close` finds the rest."""

    def __init__(self, place: str, values: object) -> None:
        self.place = place
        if not isinstance(values, Mapping):
            self.fail("must be a mapping of keys to values")
        self._values: dict[Any, Any] = dict(values)

    def fail(self, rule: str) -> NoReturn:
        """Raise the ContractError for a broken rule of this mapping."""
        raise ContractError(f"{self.place}: {rule}")

    def _take(self, key: str, kind: type, what: str, default: Any) -> Any:
        if key not in self._values:
            if default is ...:
                self.fail(f"key `{key}` is missing")
            return default
        value = self._values.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fail(f"`{key}` must be {what}, not {value!r}; quote it if it is meant as text")
        return value

    def text(self, key: str, default: Any = ...) -> Any:
        """A string; the default (which may be None) when the key is absent."""
        return self._take(key, str, "text", default)

    def choice(self, key: str, allowed: tuple[str, ...], default: Any = ...) -> Any:
        """A string out of a list."""
        value = self.text(key, default)
        if value not in allowed:
            self.fail(f"`{key}` is {value!r}; allowed are {', '.join(allowed)}")
        return value

    def number(self, key: str, default: Any = ...) -> Any:
        """A whole number, zero or more."""
        value = self._take(key, int, "a whole number", default)
        if value is not None and value < 0:
            self.fail(f"`{key}` must not be negative")
        return value

    def flag(self, key: str) -> bool:
        """true or false; false when absent."""
        return bool(self._take(key, bool, "true or false", False))

    def day(self, key: str, default: Any = ...) -> date:
        """A calendar date."""
        value: date = self._take(key, date, "a date like 2000-01-01", default)
        return value.date() if isinstance(value, datetime) else value

    def texts(self, key: str, default: Any = ...) -> tuple[str, ...]:
        """A list of strings, or one string."""
        values = self._take(key, object, "a list of texts", default)
        listed = [values] if isinstance(values, str) else values
        if not isinstance(listed, list | tuple) or not all(isinstance(value, str) for value in listed):
            self.fail(f"`{key}` must be a list of texts, not {values!r}; quote what is meant as text")
        return tuple(listed)

    def child(self, key: str) -> "Node | None":
        """A nested mapping, or None when the key is absent."""
        return Node(f"{self.place}, {key}", self._values.pop(key)) if key in self._values else None

    def pop(self, key: str) -> Any:
        """Any value, for nested lists; the key must be there."""
        return self._take(key, object, "given", ...)

    def close(self) -> None:
        """Fail if a key was never asked for."""
        if self._values:
            self.fail(f"unknown key `{next(iter(self._values))}`")


def _load(path: Path) -> object:
    # The C loader is ten times faster.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)  # noqa: S506 - a safe loader


def load_node(path: Path) -> Node:
    """Parse one YAML file. Raises ContractError when it is no YAML or repeats a key."""
    try:
        return Node(path.name, _load(path))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContractError(f"{path.name}: is not valid YAML: {error}") from error
