"""The findings in the governed seeds, in words: a red gate names row and rule, not only a count."""

from collections.abc import Iterable
from dataclasses import replace

from orchestration.publishing.tables import opened
from orchestration.quality.results import CheckResult
from orchestration.settings import Settings

TABLE = "core.governance_findings"
SHOWN = 3
FIRST = f"select seed, row_key, rule, detail from {TABLE} order by all limit {SHOWN}"


def with_findings(settings: Settings, checks: Iterable[CheckResult]) -> list[CheckResult]:
    """The checks, those that failed on the findings with the first findings as their detail.

    Details hold no delivered values (decision 0012); what people wrote into the seeds may be quoted.
    """
    listed = list(checks)
    if not any(_is_red(check) for check in listed):
        return listed
    with opened(settings.build_file, settings) as connection:
        ((found,),) = connection.execute(f"select count(*) from {TABLE}").fetchall()
        first = connection.execute(FIRST).fetchall()
    said = "; ".join(f"{seed}, row {row}: {rule}: {detail}" for seed, row, rule, detail in first)
    more = f"; {found - SHOWN} more are in {TABLE}" if found > SHOWN else ""
    return [replace(check, detail=said + more) if _is_red(check) else check for check in listed]


def _is_red(check: CheckResult) -> bool:
    return check.table == TABLE and check.status == "failed"
