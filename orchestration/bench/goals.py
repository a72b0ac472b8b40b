"""The speed goals, each judged on the sizes that were measured; a size that was not is said."""

from collections.abc import Iterator
from typing import Any

Size = dict[str, Any]


def judged(sizes: list[Size]) -> list[str]:
    """One line per goal: the figure, the goal, and whether it was reached."""
    return [
        f"{goal}: {figure:.2f}{unit}, {'reached' if figure <= limit else 'missed'} (at most {limit})"
        for goal, figure, unit, limit in _figures(sizes)
    ]


def _figures(sizes: list[Size]) -> Iterator[tuple[str, float, str, float]]:
    """(goal, figure, its unit, the most that it may be)."""
    by_tickets = sorted(sizes, key=lambda size: int(size["tickets"]))
    smallest, largest = by_tickets[0], by_tickets[-1]
    named = f"{largest['tickets']:,} tickets"
    job, steps = largest["first_run"], largest["steps"]
    gates = sum(spent for name, spent in steps.items() if name.startswith("check_") or "_verdict" in name)
    yield f"job / floor at {named}", largest["job_over_floor"], "", 1.5
    yield f"files to scorecards at {named}", job["wall"] / 60, " minutes", 5
    yield f"memory at {named}", job["peak_mib"] / 1024, " GiB", 6
    yield f"gates beside the build's own steps at {named}", gates / job["wall"], " of the job", 0.15
    yield f"slowest read at {named}, p95", max(r["p95"] for r in largest["reading_ms"].values()), " ms", 50
    if largest is not smallest:
        ratio = _without_snapshot(largest) / _without_snapshot(smallest)
        yield f"one more day at {named} against {smallest['tickets']:,}, snapshot apart", ratio, "", 1.3


def _without_snapshot(size: Size) -> float:
    copied: float = size["steps_of_one_more_day"].get("published__warehouse", 0)
    wall: float = size["one_more_day"]["wall"]
    return wall - copied
