"""The speed goals, each judged on the sizes that were measured; a size that was not is said."""

from collections.abc import Iterator
from typing import Any

Size = dict[str, Any]
Goal = tuple[str, float, str, float]  # what is limited, the figure, its unit, the most that it may be
DEMO, SMALL = 30_000, 100_000


def judged(sizes: list[Size], start_up: dict[str, dict[str, float]]) -> list[str]:
    """One line per goal: the figure, the goal, and whether it was reached."""
    return [
        f"{goal}: {figure:.2f}{unit}, {'reached' if figure <= limit else 'missed'} (at most {limit})"
        for goal, figure, unit, limit in (*_of_sizes(sizes), *_of_start_up(sizes, start_up))
    ]


def _of_sizes(sizes: list[Size]) -> Iterator[Goal]:
    by_tickets = sorted(sizes, key=lambda size: int(size["tickets"]))
    smallest, largest = by_tickets[0], by_tickets[-1]
    named = f"{largest['tickets']:,} tickets"
    job, steps = largest["first_run"], largest["steps"]
    gates = sum(spent for name, spent in steps.items() if name.startswith("check_") or "_verdict" in name)
    gates += sum(largest["dbt_tests"].values())
    yield f"job / floor at {named}", largest["job_over_floor"], "", 1.5
    yield f"files to scorecards at {named}", job["wall"] / 60, " minutes", 5
    yield f"memory at {named}", job["peak_mib"] / 1024, " GiB", 6
    yield f"gates at {named}", gates / job["wall"], " of the job", 0.15
    yield f"slowest read at {named}, p95", max(r["p95"] for r in largest["reading_ms"].values()), " ms", 50
    if largest is not smallest:
        ratio = _without_snapshot(largest) / _without_snapshot(smallest)
        yield f"one more day at {named} against {smallest['tickets']:,}, snapshot apart", ratio, "", 1.3


def _of_start_up(sizes: list[Size], start_up: dict[str, dict[str, float]]) -> Iterator[Goal]:
    wall = {name: spent["wall"] for name, spent in start_up.items()}
    for size in sizes:
        if size["tickets"] == DEMO:
            yield "full rebuild of the demo", size["rebuild"]["wall"], " s", 30
        if size["tickets"] == SMALL:
            # An empty build has parsed the project; the second gate's need not.
            builds = 2 * wall["an empty dbt build"] - wall["parse the dbt project"]
            parts = wall["import dagster_dbt"] + wall["import great_expectations"] + builds
            beyond = size["first_run"]["wall"] - size["floor"]["wall"] - parts
            yield f"job beyond floor and unavoidable parts at {SMALL:,} tickets", beyond, " s", 5
    yield "validate, beyond that of an empty project", wall["validate"] - wall["validate nothing"], " s", 2


def _without_snapshot(size: Size) -> float:
    copied: float = size["steps_of_one_more_day"].get("published__warehouse", 0)
    wall: float = size["one_more_day"]["wall"]
    return wall - copied
