"""A reader of the published snapshot in a process of its own: holds it open, or opens it again and again."""

import json
import sys
import time
from pathlib import Path

import duckdb

BUILDS = """
select 'core.dim_builds', build_id from core.dim_builds
union all select distinct 'kpis.fct_kpi_values', build_id from kpis.fct_kpi_values
"""


def read(snapshot: str, stop: Path, pause: float) -> list[list[list[str]]]:
    """Open, read every build id, close, every `pause` seconds until `stop` exists; what each look saw."""
    seen = []
    while not stop.exists():
        with duckdb.connect(snapshot, read_only=True) as connection:
            seen.append([list(row) for row in connection.execute(BUILDS).fetchall()])
        time.sleep(pause)
    return seen


def hold(snapshot: str, stop: Path, pause: float) -> list[list[list[str]]]:
    """Open once, read through the same connection every `pause` seconds until `stop` exists."""
    seen = []
    with duckdb.connect(snapshot, read_only=True) as connection:
        while not stop.exists():
            seen.append([list(row) for row in connection.execute(BUILDS).fetchall()])
            time.sleep(pause)
    return seen


if __name__ == "__main__":
    behaviour, file, until, *seconds = sys.argv[1:]
    print(
        json.dumps({"poll": read, "hold": hold}[behaviour](file, Path(until), float([*seconds, "0.05"][0])))
    )
