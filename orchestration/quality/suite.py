"""What is expected of a table, as plain data: cheap to load, and built into GX classes when it runs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["critical", "warning"]

ROW_COUNT = "ExpectTableRowCountToBeBetween"
_COLUMN_ARGUMENTS = ("column", "column_A", "column_B")
_CHECK_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


class SuiteError(ValueError):
    """A suite is declared in a way that cannot be run; the message names the suite and the check."""


@dataclass(frozen=True)
class Expect:
    """One expectation: the check's name, the GX class by name, and that class's arguments."""

    check: str
    kind: str
    severity: Severity
    arguments: Mapping[str, object]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the check reads; empty for an expectation about the whole table."""
        return tuple(str(self.arguments[key]) for key in _COLUMN_ARGUMENTS if key in self.arguments)


def expect(check: str, kind: str, *, severity: Severity = "warning", **arguments: object) -> Expect:
    """Declare one expectation: `critical` blocks the gate, `warning` is shown on the scorecard.

    `check` says what is expected of which column; it is the name in Dagster, in verdicts and in waivers, so
    it outlives changes of the arguments. `kind` and `arguments` are a GX class and its fields: the engine
    refuses what GX does not know, and a test does so for every suite.
    """
    return Expect(check, kind, severity, arguments)


def has_rows(at_least: int = 1) -> Expect:
    """The row count that every suite needs: most expectations pass on a table without rows."""
    return expect("has_rows", ROW_COUNT, severity="critical", min_value=at_least)


@dataclass(frozen=True)
class Suite:
    """The expectations of one table, `<schema>.<table>`.

    `derived` are columns computed while loading (name to SQL expression), for what GX cannot say itself.
    `fed_by` is the relation, `work.<schema>.<name>` in a layer below, or the query in brackets, whose rows
    must arrive here; a raw table is fed by its source's deliveries instead. Raises SuiteError for a name that
    is no identifier, a check named twice, or a suite without a critical row count (most expectations pass on
    zero rows).
    """

    table: str
    expectations: tuple[Expect, ...]
    derived: Mapping[str, str] = field(default_factory=dict)
    fed_by: str | None = None

    def __post_init__(self) -> None:
        if not _TABLE_NAME.fullmatch(self.table):
            raise SuiteError(f"{self.table!r} is not a table name; write <schema>.<table> in lower case.")
        names = [spec.check for spec in self.expectations]
        for name in names:
            if not _CHECK_NAME.fullmatch(name):
                raise SuiteError(f"{self.table}: {name!r} is not a check name; use lower case, digits and _.")
            if names.count(name) > 1:
                raise SuiteError(f"{self.table}: the check {name} is declared twice.")
        if (self.schema == "raw") == (self.fed_by is not None):
            raise SuiteError(f"{self.table}: say by what it is fed, unless it is a raw table.")
        if not any(spec.kind == ROW_COUNT and spec.severity == "critical" for spec in self.expectations):
            raise SuiteError(f"{self.table}: a critical {ROW_COUNT} is missing.")

    @property
    def schema(self) -> str:
        """The schema of the table."""
        return self.table.partition(".")[0]

    @property
    def name(self) -> str:
        """The table's name without its schema."""
        return self.table.partition(".")[2]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the suite reads, each once, sorted; derived ones by their own name."""
        return tuple(sorted({column for spec in self.expectations for column in spec.columns}))


def expected_checks(suites: Iterable[Suite], producer: str) -> set[tuple[str, str, str]]:
    """(producer, table, check) of every expectation: what a gate must find among the results."""
    return {(producer, suite.table, spec.check) for suite in suites for spec in suite.expectations}
