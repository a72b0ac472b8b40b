"""The crash points that stand in the code, found by reading it: none can be forgotten."""

import ast
from collections import Counter

from orchestration.settings import PROJECT_ROOT

# Points of steps that need dbt; they belong to the long part (`tests/chaos/test_whole_runs.py`).
OF_A_BUILD = ("build", "dbt", "gate", "suite")


def points() -> list[str]:
    """The names of all crash points, each once. Raises ValueError for one computed or repeated."""
    found: Counter[str] = Counter()
    for path in sorted((PROJECT_ROOT / "orchestration").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "crash_point":
                if len(node.args) != 1 or not isinstance(node.args[0], ast.Constant):
                    raise ValueError(
                        f"{path.name} line {node.lineno}: the name of a crash point is a literal"
                    )
                found[str(node.args[0].value)] += 1
    if repeated := [name for name, times in found.items() if times > 1]:
        raise ValueError(f"a crash point has a name of its own: {repeated}")
    return sorted(found)


def of_a_build(point: str) -> bool:
    """Whether the point lies in a step that needs dbt."""
    return point.partition(":")[0] in OF_A_BUILD
