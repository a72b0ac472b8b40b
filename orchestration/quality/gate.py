"""The judgement of a gate: what was checked against what had to be, with the reason in one sentence."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

import duckdb

from orchestration.quality.hashing import MissingTableError, quick_mark, table_hash
from orchestration.quality.results import CheckResult, ResultFile
from orchestration.quality.verdict import GateName, JudgedCheck, JudgedTable, Verdict
from orchestration.quality.waivers import JudgedWaiver, Waiver, judge_waivers

ExpectedCheck = tuple[str, str, str]

_SILENT = ("crashed", "skipped")  # such a check found nothing


def judge(
    gate: GateName,
    *,
    build_id: str,
    run_id: str,
    connection: duckdb.DuckDBPyConnection,
    tables: Collection[str],
    expected: Collection[ExpectedCheck],
    results: Sequence[ResultFile],
    waivers: Iterable[Waiver],
    as_of: date,
    judged_at: datetime,
    hashed: Mapping[str, JudgedTable] | None = None,
) -> Verdict:
    """Judge the tables, `<schema>.<table>`, by the checks that were run on them.

    `hashed` are tables as they were a moment ago: one that still has its mark is not hashed again.

    Red when a critical check failed without a waiver that holds at `as_of`; when any check crashed, was
    skipped, or is `expected`, (producer, table, check), and missing: it found nothing, so nobody can waive
    it; when a result stems from another build; when a table is missing, or nothing was given to judge.
    """
    checks = tuple(JudgedCheck(file.producer, result) for file in results for result in file.results)
    judged_tables, missing_tables = _hash_tables(connection, tables, hashed or {})
    judged_waivers = judge_waivers(waivers, failed_places(check.result for check in checks), as_of)
    problems = [
        *_foreign_results(results, build_id),
        *missing_tables,
        # A failure stops later checks from running, so it comes before what is missing: it is the cause.
        *_failures(checks, judged_waivers),
        *_unanswered(expected, checks),
    ]
    if not tables or not expected:
        problems.insert(0, f"gate {gate} was given no {'tables' if not tables else 'checks'} to judge")
    warnings = tuple(sorted(": ".join(_place(check)) for check in checks if _is_warning(check)))
    return Verdict(
        gate=gate,
        build_id=build_id,
        run_id=run_id,
        judged_at=judged_at,
        passed=not problems,
        reason=_sentence(problems, len(checks), len(warnings), judged_waivers),
        tables=judged_tables,
        checks=checks,
        warnings=warnings,
        waivers=judged_waivers,
    )


def judged_as_is(
    connection: duckdb.DuckDBPyConnection, table: str, hashed: JudgedTable | None = None
) -> JudgedTable:
    """Rows, hash and mark of `<schema>.<table>`; `hashed` itself when it still has its mark.

    Raises MissingTableError.
    """
    schema, _, name = table.partition(".")
    mark = quick_mark(connection, schema, name)
    if hashed is not None and hashed.mark == mark:
        return hashed
    found = table_hash(connection, schema, name)
    return JudgedTable(table, found.rows, found.hash, mark)


def failed_places(results: Iterable[CheckResult]) -> set[tuple[str, str]]:
    """(table, check) of the critical checks that failed: what a waiver may hold."""
    return {(item.table, item.check) for item in results if _is_red(item)}


def held_places(waivers: Iterable[JudgedWaiver]) -> set[tuple[str, str]]:
    """(table, check) of the failures that a waiver holds."""
    return {(item.waiver.table_name, item.waiver.check_name) for item in waivers if item.state == "used"}


def blocks(result: CheckResult, held: Collection[tuple[str, str]]) -> bool:
    """Whether no gate lets a result pass: it found nothing, or a critical failure that no waiver holds."""
    return result.status in _SILENT or (_is_red(result) and (result.table, result.check) not in held)


def _hash_tables(
    connection: duckdb.DuckDBPyConnection, tables: Collection[str], hashed: Mapping[str, JudgedTable]
) -> tuple[tuple[JudgedTable, ...], list[str]]:
    judged, problems = [], []
    for table in sorted(tables):
        try:
            judged.append(judged_as_is(connection, table, hashed.get(table)))
        except MissingTableError as error:
            problems.append(f"the table {error}")
    return tuple(judged), problems


def _foreign_results(results: Sequence[ResultFile], build_id: str) -> list[str]:
    return [
        f"the results of {file.producer} are of build {file.build_id}, not of {build_id}"
        for file in results
        if file.build_id != build_id
    ]


def _unanswered(expected: Collection[ExpectedCheck], checks: Sequence[JudgedCheck]) -> list[str]:
    """The checks that found nothing: crashed, skipped or never run."""
    problems = [
        f"the check {c.result.check} of {c.result.table} {_without_finding(c)}"
        for c in checks
        if c.result.status in _SILENT
    ]
    known = {(check.producer, *_place(check)) for check in checks}
    for producer, table, name in sorted(set(expected) - known):
        problems.append(f"the check {name} of {table} is missing from the results of {producer}")
    return problems


def _without_finding(check: JudgedCheck) -> str:
    detail = f" ({check.result.detail})" if check.result.detail else ""
    return f"{'crashed' if check.result.status == 'crashed' else 'was skipped'}{detail}"


def _failures(checks: Sequence[JudgedCheck], waivers: Sequence[JudgedWaiver]) -> list[str]:
    states = {(w.waiver.table_name, w.waiver.check_name): w.state for w in waivers}
    held = held_places(waivers)
    problems = []
    for check in sorted(checks, key=_place):
        place = _place(check)
        if check.result.status not in _SILENT and blocks(check.result, held):
            detail = f" ({check.result.detail})" if check.result.detail else ""
            waiver = f" and its waiver is {states[place].replace('_', '-')}" if place in states else ""
            problems.append(f"the check {check.result.check} of {check.result.table} failed{detail}{waiver}")
    return problems


def _sentence(problems: Sequence[str], checks: int, warnings: int, waivers: Sequence[JudgedWaiver]) -> str:
    used = sum(waiver.state == "used" for waiver in waivers)
    if not problems:
        return f"All {checks} checks answered, with {warnings} warnings and {used} waived failures."
    others = f"; {len(problems) - 1} more reasons stand in the verdict" if len(problems) > 1 else ""
    return f"{problems[0][0].upper()}{problems[0][1:]}{others}."


def _place(check: JudgedCheck) -> tuple[str, str]:
    return (check.result.table, check.result.check)


def _is_red(result: CheckResult) -> bool:
    return result.status == "failed" and result.severity == "critical"


def _is_warning(check: JudgedCheck) -> bool:
    return check.result.status == "failed" and check.result.severity == "warning"
