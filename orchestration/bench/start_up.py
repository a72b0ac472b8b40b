"""What no job can do without: bare imports, the definitions, dbt's parse and an empty build."""

import sys
import tempfile
from pathlib import Path

from orchestration.bench.measured import Measured, measure

_DBT = (
    "from orchestration.settings import load_settings;"
    " from orchestration.warehouse.dbt_build import parsed, run_dbt;"
    " settings = load_settings(); target = settings.warehouse / 'dbt' / 'empty'"
)
PARTS = {
    "import dagster": "import dagster",
    "import dagster_dbt": "import dagster_dbt",
    "import great_expectations": "import great_expectations",
    "load the definitions": "from orchestration.definitions import definitions; definitions()",
    "parse the dbt project": f"{_DBT}; parsed(settings)",
    "an empty dbt build": f"{_DBT}; run_dbt(settings, ['build', '--select', 'package:none'], target, print)",
}
VALIDATE = [sys.executable, "-m", "dagster", "definitions", "validate"]
EMPTY = "import dagster, dagster_dbt\n\ndefinitions = dagster.Definitions()\n"


def measure_start_up(environment: dict[str, str]) -> dict[str, dict[str, float]]:
    """Wall and CPU seconds of each part in a process of its own, the interpreter's start included; best of 3.

    `validate` is Dagster's validation of the definitions, `validate nothing` that of an empty project.
    """
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        commands = {name: [sys.executable, "-c", code] for name, code in PARTS.items()}
        commands["validate"] = [*VALIDATE, "-w", "workspace.yaml"]
        commands["validate nothing"] = [*VALIDATE, "-f", str(empty)]
        best = {name: _best(command, environment) for name, command in commands.items()}
    return {name: spent.figures() for name, spent in best.items()}


def _best(command: list[str], environment: dict[str, str]) -> Measured:
    return min((measure(command, environment) for _ in range(3)), key=lambda spent: spent.wall)
