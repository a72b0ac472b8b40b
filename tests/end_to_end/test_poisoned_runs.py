"""A run that must not publish: it says why in one line, and the published tree stays byte by byte."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.project import Finished, Project, tree_state

pytestmark = pytest.mark.end_to_end
of_landing = pytest.mark.xdist_group("demo")
of_core = pytest.mark.xdist_group("poisoned_core")
of_tickets = pytest.mark.xdist_group("poisoned_tickets")
of_crash = pytest.mark.xdist_group("poisoned_crash")
TRAININGS = "dbt_project/models/marts/core/management/fct_trainings.sql"
TICKETS = "dbt_project/models/marts/core/tickets/fct_tickets.sql"
WAIVERS = "dbt_project/seeds/check_waivers.csv"
SUITE = "expectations/core/fct_staffing_shifts.py"
DOUBLED = {  # what a doubled training turns red, and the table that each check is filed under
    "primary_key_fct_trainings_training_key": "core.fct_trainings",
    "assert_no_row_of_management_is_lost_or_doubled": "core.fct_appraisals",
}


def refused(project: Project, before: dict[str, bytes | str]) -> Finished:
    """Run, and insist that nothing was published: not by the run, nor by publishing alone afterwards."""
    done = project.run()
    assert done.returncode == 1, done.stdout + done.stderr
    assert tree_state(project.published) == before
    return done


def refused_alone(project: Project, before: dict[str, bytes | str]) -> str:
    """Materialise the publication alone; returns the line that says why not."""
    alone = project.materialize("key:published/warehouse")
    assert alone.returncode != 0
    assert tree_state(project.published) == before
    lines = (alone.stdout + alone.stderr).splitlines()
    return next(line for line in lines if "GateRefused: " in line)


def closing_line(done: Finished) -> str:
    """The line of the summary that says that the run failed."""
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("The run failed.")]
    assert line.endswith("The last good publication stays.")
    return line


def double_a_row(project: Project, model: str, key: str) -> None:
    doubled = f"select * from final union all (select * from final order by {key} limit 1)"
    project.edit(model, "select * from final", doubled)


def waive(project: Project, *waivers: tuple[str, str, str, str]) -> None:
    """Write the waivers of checks: check, table, who approved, until when; the inspector asks."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    header = (project.root / WAIVERS).read_text(encoding="utf-8").splitlines()[0]
    writer.writerow(header.split(","))
    for check, table, approved_by, valid_until in waivers:
        writer.writerow(
            [check, table, "one doubled row", "inspector", approved_by, "2026-10-01", valid_until]
        )
    project.write(WAIVERS, text.getvalue())


def verdict(project: Project) -> dict[str, Any]:
    """The newest verdict of gate 1."""
    verdicts = (project.home / "warehouse" / "verdicts").glob("*/core.json")
    newest = max(verdicts, key=lambda path: path.stat().st_mtime)
    document: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
    return document


@of_landing
def test_a_source_below_its_minimum_stops_publication(demo_copy: Project) -> None:
    before = tree_state(demo_copy.published)
    customers = demo_copy.home / "inbox" / "crm" / "customers.csv"
    customers.write_bytes(b"".join(customers.read_bytes().splitlines(keepends=True)[:4]))
    done = refused(demo_copy, before)
    reason = "raw.crm_customers: current_rows_reach_minimum failed: 3 current rows, at least 20 expected."
    assert reason in closing_line(done)
    assert reason in refused_alone(demo_copy, before)


@of_core
def test_bad_rows_in_core_stop_publication_until_another_person_waives_them(demo_copy: Project) -> None:
    before = tree_state(demo_copy.published)
    double_a_row(demo_copy, TRAININGS, "training_key")
    checks = list(DOUBLED.items())
    waive(demo_copy, (*checks[0], "Inspector ", "2099-12-31"), (*checks[1], "head of quality", "2026-10-30"))
    reason = closing_line(refused(demo_copy, before))
    assert any(f"The check {name} of {table} failed" in reason for name, table in checks)
    assert "and its waiver is self-approved" in reason or "and its waiver is expired" in reason
    states = {waiver["waiver"]["check_name"]: waiver["state"] for waiver in verdict(demo_copy)["waivers"]}
    assert states == {checks[0][0]: "self_approved", checks[1][0]: "expired"}
    alone = refused_alone(demo_copy, before)
    assert any(f"The check {name} of {table} failed" in alone for name, table in checks)

    waive(demo_copy, *[(*failure, "head of quality", "2026-10-31") for failure in checks])
    demo_copy.run_green()
    assert tree_state(demo_copy.published) != before
    ((rows, keys),) = demo_copy.query("select count(*), count(distinct training_key) from core.fct_trainings")
    assert rows == keys + 1
    evidence = json.loads((demo_copy.published / "current" / "evidence.json").read_text(encoding="utf-8"))
    assert "head of quality" in json.dumps(evidence)


@of_tickets
def test_bad_rows_that_other_models_read_are_named_as_the_cause(demo_copy: Project) -> None:
    before = tree_state(demo_copy.published)
    double_a_row(demo_copy, TICKETS, "ticket_key")
    cause = "he check assert_no_row_of_tickets_is_lost_or_doubled of core.fct_department_questions failed"
    assert cause in closing_line(refused(demo_copy, before))
    assert cause in refused_alone(demo_copy, before)


@of_crash
def test_a_check_that_crashes_stops_publication(demo_copy: Project) -> None:
    before = tree_state(demo_copy.published)
    demo_copy.edit(SUITE, 'column="staffed_minutes"', 'column="no_such_column"')
    done = refused(demo_copy, before)
    assert "he check staffed_minutes_fit_in_a_day of core.fct_staffing_shifts crashed" in closing_line(done)
    assert "staffed_minutes_fit_in_a_day" in refused_alone(demo_copy, before)


def test_a_tree_whose_one_byte_changes_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").write_bytes(b"a")
    (tmp_path / "current").symlink_to("versions/1")
    before = tree_state(tmp_path)
    (tmp_path / "audit.jsonl").write_bytes(b"b")
    changed = tree_state(tmp_path)
    assert changed != before
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("versions/2")
    assert tree_state(tmp_path) != changed
