"""From loaded text to landed rows: typed, the unreadable in quarantine, personal values replaced."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from orchestration.sources.contract import ColumnContract, TableContract
from orchestration.sources.header import bound
from orchestration.sources.loaded import Loaded, execute_in_order, sql_text
from orchestration.sources.personal import masked_sql
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.rejection import FileRejectedError
from orchestration.sources.typing_rules import NOUNS, ColumnRules, column_rules

RETYPED_PERCENT = 50
ROW_GROUP = 122_880


@dataclass(frozen=True)
class LandedRows:
    """Counts and reach of the rows written to Parquet; stamps are naive UTC."""

    rows: int
    duplicate_keys: int
    data_from: datetime | None
    data_until: datetime | None


class RowLanding:
    """Lands the rows of one loaded file; the table `delivered` is there, and the key is installed."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, contract: TableContract, loaded: Loaded
    ) -> None:
        self._connection = connection
        self._contract = contract
        self._loaded = loaded
        self._rules = [column_rules(column, name, loaded) for column, name in bound(contract, loaded.binding)]
        self._names = [f"c{position}" for position in range(len(loaded.header))]
        self._has_problems = False

    def quarantine_unreadable(self, quarantine: RowQuarantine) -> None:
        """Copy rows that break a rule to quarantine. Raises FileRejectedError for a retyped column."""
        problems = self._refuse_retyped()
        if not problems:
            return
        self._has_problems = True
        columns = ", ".join(("row_number_", "problem_", *self._names))
        found = self._connection.execute(
            f"select {columns} from ({self._judged()}) where problem_ is not null"
        )
        while rows := found.fetchmany(10_000):
            for number, problem, *values in rows:
                quarantine.add(number, problem, _as_line(values))

    def write(self, parquet: Path, batch_id: str, file_name: str) -> LandedRows:
        """Write the readable rows in the order of the file. Raises FileRejectedError when there are none."""
        columns = [f"{rules.landed} as {rules.column.landed_name}" for rules in self._rules]
        self._copy(
            f"select {', '.join(columns)}, {masked_sql('extra_')} as _extra,"
            f" {sql_text(batch_id)} as _batch_id, {sql_text(file_name)} as _source_file,"
            f" row_number_ as _row_number from {self._readable()}",
            parquet,
        )
        landed = f"read_parquet({sql_text(str(parquet))})"
        return self._counted(landed)

    def write_vault(self, parquet: Path, vault: Path) -> bool:
        """Write the raw direct identifiers of the landed rows beside their pseudonyms; false without any."""
        direct = [rules for rules in self._rules if rules.column.personal == "direct"]
        if not direct:
            return False
        names = [(rules.column.landed_name, rules.raw_name) for rules in direct]
        columns = ", ".join(f"landed.{name}, raw.{raw_name} as {name}_raw" for name, raw_name in names)
        self._copy(
            f"select landed._row_number, {columns} from read_parquet({sql_text(str(parquet))}) as landed"
            f" inner join ({self._typed()}) as raw on raw.row_number_ = landed._row_number"
            " order by landed._row_number",
            vault,
        )
        return True

    def _copy(self, query: str, path: Path) -> None:
        options = f"format parquet, compression zstd, row_group_size {ROW_GROUP}"
        execute_in_order(self._connection, f"copy ({query}) to {sql_text(str(path))} ({options})", [])

    def _typed(self) -> str:
        raw = ", ".join(f"{rules.raw} as {rules.raw_name}" for rules in self._rules)
        typed = "".join(
            f", {rules.typed} as {rules.typed_name}"
            for rules in self._rules
            if rules.raw_name != rules.typed_name
        )
        return (
            f"select *{typed} from (select *, {self._loaded.row_number} as row_number_,"
            f" {self._loaded.extra} as extra_, {raw} from delivered)"
        )

    def _judged(self) -> str:
        cases = " ".join(
            f"when {condition} then {sql_text(reason)}"
            for rules in self._rules
            for condition, reason in rules.checks
        )
        return f"select *, case {cases} end as problem_ from ({self._typed()})"

    def _readable(self) -> str:
        return f"({self._judged()}) where problem_ is null" if self._has_problems else f"({self._typed()})"

    def _refuse_retyped(self) -> int:
        """How often a rule is broken in all; one pass over the data."""
        checks = [(rules, condition, reason) for rules in self._rules for condition, reason in rules.checks]
        if not checks:
            return 0
        counted = [f"count(*) filter (where {condition})" for _, condition, _ in checks]
        counted += [f"count({rules.raw_name})" for rules, _, _ in checks]
        row = self._connection.execute(f"select {', '.join(counted)} from ({self._typed()})").fetchone() or ()
        broken, given = row[: len(checks)], row[len(checks) :]
        for (rules, condition, _), failures, values in zip(checks, broken, given, strict=True):
            if condition == rules.unparsed and failures > 1 and failures * 100 > values * RETYPED_PERCENT:
                raise FileRejectedError(_retyped(rules, failures, values))
        return sum(broken)

    def _counted(self, landed: str) -> LandedRows:
        """Rows, repeated keys and reach in one pass."""
        marked = [column for column in self._contract.columns if column.data_until]
        names = [column.landed_name for column in marked]
        of_a_key = ["count(*) as of_key"]
        of_a_key += [f"min({name}) as first_{name}, max({name}) as last_{name}" for name in names]
        of_all = ["coalesce(sum(of_key), 0)", "count(*)"]
        of_all += [f"min(first_{name}), max(last_{name})" for name in names]
        key = ", ".join(self._contract.key)
        keys = f"select {', '.join(of_a_key)} from {landed} group by {key}"
        found = self._connection.execute(f"select {', '.join(of_all)} from ({keys})").fetchone() or (0,)
        rows, distinct, *reach = found
        if not rows:
            raise FileRejectedError("no row of it can be read")
        first, last = _reach(marked, reach)
        return LandedRows(int(rows), int(rows) - distinct, first, last)


def _reach(marked: list[ColumnContract], spans: list[date | None]) -> tuple[datetime | None, datetime | None]:
    """The first and the last stamp of the columns that say how far data reach, by their (min, max)."""
    firsts = [_utc(column, value) for column, value in zip(marked, spans[::2], strict=True) if value]
    # A date covers its whole day, so the data reach to the next midnight.
    lasts = [
        _utc(column, value + timedelta(days=1) if column.type == "date" else value)
        for column, value in zip(marked, spans[1::2], strict=True)
        if value
    ]
    return min(firsts, default=None), max(lasts, default=None)


def _retyped(rules: ColumnRules, failures: int, values: int) -> str:
    noun = NOUNS[rules.column.type]
    return (
        f"column {rules.column.name!r} is of another type or was swapped:"
        f" {failures:,} of {values:,} values are {noun}"
    )


def _utc(column: ColumnContract, value: date) -> datetime:
    """A naive stamp (or the start of a date) of the column's zone as naive UTC."""
    stamp = value if isinstance(value, datetime) else datetime.combine(value, time())
    return stamp.replace(tzinfo=ZoneInfo(column.zone)).astimezone(UTC).replace(tzinfo=None)


def _as_line(values: list[str | None]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()
