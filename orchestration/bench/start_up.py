"""What no job can do without: bare imports, the definitions, dbt's parse and an empty build."""

import sys

from orchestration.bench.measured import measure

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


def measure_start_up(environment: dict[str, str]) -> dict[str, dict[str, float]]:
    """Wall and CPU seconds of each part in a process of its own; the interpreter's own start included."""
    found = {}
    for name, code in PARTS.items():
        spent = measure([sys.executable, "-c", code], environment)
        found[name] = {"wall": spent.wall, "cpu": spent.cpu}
    return found
