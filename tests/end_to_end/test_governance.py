"""Whoever changes a target changes the future only; whoever breaks a rule in doing so changes nothing."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest

from tests.end_to_end.project import Project, tree_state

pytestmark = pytest.mark.end_to_end
TARGETS = "dbt_project/seeds/kpi_targets.csv"
KPI = "csat_top2"
VALUES = f"""
select v.* exclude (build_id), p.period_end
from kpis.fct_kpi_values as v inner join kpis.dim_periods as p using (period_grain, period_start)
where v.kpi_code = '{KPI}'
order by all
"""
COLUMNS = "select column_name from (describe select * exclude (build_id) from kpis.fct_kpi_values)"
COMPOSITES = """
select c.* exclude (build_id), p.period_end
from kpis.fct_composite_scores as c inner join kpis.dim_periods as p using (period_grain, period_start)
where p.period_end < '{since}'
order by all
"""
Row = dict[str, Any]


def change_target(project: Project, since: date, **changes: str) -> None:
    """End the organisation's target of the KPI on a day and begin a changed one on it."""
    reader = csv.DictReader(io.StringIO((project.root / TARGETS).read_text(encoding="utf-8")))
    rows = list(reader)
    (old,) = [row for row in rows if (row["kpi_code"], row["scope_type"]) == (KPI, "organisation")]
    new = old | {"valid_from": str(since), "reason": "Half-yearly review"} | changes
    old["valid_to"] = str(since)
    text = io.StringIO()
    writer = csv.DictWriter(text, reader.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    writer.writerows([*rows, new])
    project.write(TARGETS, text.getvalue())


def values(project: Project) -> list[Row]:
    """Every published value of the KPI with the last day of its period."""
    names = [name for (name,) in project.query(COLUMNS)] + ["period_end"]
    return [dict(zip(names, row, strict=True)) for row in project.query(VALUES)]


def last_published_month(project: Project) -> date:
    months = (project.published / "scorecards" / "executive").glob("????-??")
    return date.fromisoformat(f"{max(path.name for path in months)}-01")


@pytest.mark.xdist_group("target_change")
def test_a_new_target_changes_scores_from_its_day_on_and_no_published_scorecard_before(
    demo_copy: Project,
) -> None:
    since = last_published_month(demo_copy)
    earlier = f"{since - timedelta(days=1):%Y-%m}"
    published = tree_state(demo_copy.published / "scorecards" / "executive" / earlier)
    before = values(demo_copy)
    composites = demo_copy.query(COMPOSITES.format(since=since))
    change_target(demo_copy, since, target="0.990000")
    demo_copy.run_green()
    after = values(demo_copy)

    def until(rows: list[Row]) -> list[Row]:
        return [row for row in rows if row["period_end"] < since]

    assert until(after) == until(before)
    assert len(until(before)) > 100
    assert demo_copy.query(COMPOSITES.format(since=since)) == composites
    assert len(composites) > 100
    later = [row for row in after if row["period_end"] >= since]
    assert {str(row["target"]) for row in later} == {"0.990000"}
    old = {(r["period_grain"], r["period_start"], r["scope_type"], r["scope_key"]): r for r in before}
    moved = 0
    for row in later:
        was = old[row["period_grain"], row["period_start"], row["scope_type"], row["scope_key"]]
        assert (row["value"], row["n"]) == (was["value"], was["n"])
        moved += row["score"] != was["score"]
    assert moved > 10

    assert tree_state(demo_copy.published / "scorecards" / "executive" / earlier) == published
    now = demo_copy.scorecard(f"executive/{since:%Y-%m}")["kpis"][KPI]
    assert now["target"] == "0.990000"
    versions = demo_copy.published / "scorecards" / "executive" / f"{since:%Y-%m}"
    assert {path.name for path in versions.iterdir() if path.name.startswith("v")} == {"v1", "v2"}


@pytest.mark.xdist_group("target_change")
def test_a_broken_rule_stops_publication_with_the_row_and_the_rule(demo_copy: Project) -> None:
    before = tree_state(demo_copy.published)
    since = last_published_month(demo_copy)
    change_target(demo_copy, since, floor="0.900000")
    done = demo_copy.run()
    assert done.returncode == 1, done.stdout + done.stderr
    assert tree_state(demo_copy.published) == before
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("The run failed.")]
    row = f"kpi_targets, row {KPI} organisation all from {since}"
    assert f"{row}: the floor differs from the target" in line
    assert line.endswith("The last good publication stays.")
    assert "core.governance_findings" in line
