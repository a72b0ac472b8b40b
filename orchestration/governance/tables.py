"""The tables of judgements as they stand in the seeds, whole or with findings that name row and rule."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from orchestration.governance.ahp import JudgementError, Pair, Priorities, priorities
from orchestration.quality.verdict import GateRefused

Row = Mapping[str, str]
ALWAYS = date.max
MOST_INCONSISTENT = Decimal("0.10")
WEAKEST, STRONGEST = Decimal(1), Decimal(9)


@dataclass(frozen=True)
class Finding:
    """A rule that a row of a governed seed breaks."""

    seed: str
    row_key: str
    rule: str
    detail: str


@dataclass
class Table:
    """One comparison: how important a node's children are to an audience (empty: to any), from when on."""

    table_id: str
    audience: str
    parent: str
    valid_from: date
    valid_to: date
    codes: list[str] = field(default_factory=list)
    judgements: dict[Pair, Decimal] = field(default_factory=dict)
    priorities: Priorities | None = None

    def holds(self, day: date) -> bool:
        """Whether the table is in force; on its `valid_to` it is no more."""
        return self.valid_from <= day < self.valid_to


def read_seed(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a seed, as text without outer blanks."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{key: (text or "").strip() for key, text in row.items()} for row in csv.DictReader(file)]


def refuse_broken_seeds(folder: Path) -> None:
    """Raise GateRefused with the first row of a seed that is longer or shorter than its header.

    dbt could not load it, and would name neither the row nor what is wrong.
    """
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            for row in reader:
                if len(row) != len(header):
                    raise GateRefused(
                        f"Seed {path.stem}, line {reader.line_num}: a row has a field for every column;"
                        f" it has {len(row)}, the header {len(header)}."
                    )


def span(row: Row) -> tuple[date, date]:
    """First day in force and first day after it. Raises ValueError when a date cannot be read."""
    until = row.get("valid_to", "")
    return date.fromisoformat(row.get("valid_from", "")), date.fromisoformat(until) if until else ALWAYS


def read_tables(rows: Iterable[Row], judged: Iterable[Row]) -> tuple[list[Table], list[Finding]]:
    """The tables with their priorities; a table that breaks a rule has none, and the findings say why."""
    tables: dict[str, Table] = {}
    findings: list[Finding] = []
    for row in rows:
        table_id = row.get("table_id", "")
        try:
            begins, ends = span(row)
        except ValueError as error:
            findings.append(Finding("ahp_tables", table_id, "a date is written yyyy-mm-dd", str(error)))
            continue
        if table_id in tables:
            findings.append(Finding("ahp_tables", table_id, "a table stands once", "it stands twice"))
        tables[table_id] = Table(
            table_id, row.get("audience_code", ""), row.get("parent_code", ""), begins, ends
        )
    findings += _fill(tables, judged)
    broken = {finding.row_key.split(" ")[0] for finding in findings}
    for table in tables.values():
        if table.table_id not in broken:
            findings += _prioritise(table)
    return list(tables.values()), findings


def _fill(tables: Mapping[str, Table], judged: Iterable[Row]) -> Iterator[Finding]:
    for row in judged:
        table = tables.get(row.get("table_id", ""))
        pair = (row.get("row_code", ""), row.get("column_code", ""))
        key = f"{row.get('table_id', '')} {pair[0]}/{pair[1]}"
        if table is None:
            yield Finding("ahp_judgements", key, "its table stands in ahp_tables", "there is no such table")
            continue
        try:
            value = Decimal(row.get("judgement", ""))
        except InvalidOperation:
            value = Decimal(0)
        if not WEAKEST <= value <= STRONGEST:
            rule = "a judgement is a number from 1 to 9; the more important code stands in row_code"
            yield Finding("ahp_judgements", key, rule, f"it is {row.get('judgement', '')!r}")
            continue
        table.codes += [code for code in dict.fromkeys(pair) if code not in table.codes]
        if pair[0] == pair[1]:
            continue  # an only child is compared with itself
        if pair in table.judgements or pair[::-1] in table.judgements:
            yield Finding("ahp_judgements", key, "a pair is judged once", "it is judged twice")
        table.judgements[pair] = value


def _prioritise(table: Table) -> Iterator[Finding]:
    if not table.codes:
        yield Finding("ahp_tables", table.table_id, "a table has judgements", "it has none")
        return
    try:
        found = priorities(table.codes, table.judgements)
    except JudgementError as error:
        yield Finding("ahp_judgements", table.table_id, "every pair of a table is judged once", str(error))
        return
    if found.consistency_ratio <= MOST_INCONSISTENT or found.worst_pair is None:
        table.priorities = found
        return
    one, other = found.worst_pair
    detail = (
        f"it is {found.consistency_ratio:.4f}; the most inconsistent pair is {one} and {other}, judged"
        f" {found.worst_judgement.normalize():f} where the other judgements lead to {found.worst_implied:.2f}"
    )
    key = f"{table.table_id} {one}/{other}"
    yield Finding("ahp_judgements", key, "the consistency ratio of a table is at most 0.10", detail)
