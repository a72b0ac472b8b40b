"""`make doctor`: every check in turn, a line for each thing that was looked at, and how to mend it."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from orchestration.doctor.calendars import check_calendars
from orchestration.doctor.configuration import (
    LOCK_FILE,
    check_contracts,
    check_dbt_project,
    check_key,
    check_layout,
    check_packages,
    check_variables,
)
from orchestration.doctor.dagster_home import check_dagster_home
from orchestration.doctor.disk import check_disk_space, check_file_system
from orchestration.doctor.finding import Finding
from orchestration.doctor.fonts import check_fonts
from orchestration.doctor.rights import check_rights
from orchestration.doctor.time_zones import check_time_zones
from orchestration.progress import say
from orchestration.settings import Settings, unknown_variables

WORDS = {"ok": "ok", "warning": "WARNING", "fault": "FAULT"}
Check = Callable[[], list[Finding]]


def all_checks(settings: Settings, today: date) -> list[Check]:
    """The checks in the order in which they are told: the machine first, then the configuration."""
    on_settings = (check_rights, check_disk_space, check_file_system)
    return [
        *(partial(check, settings) for check in on_settings),
        check_fonts,
        partial(check_time_zones, settings, today),
        partial(check_calendars, settings, today),
        partial(check_layout, settings),
        partial(check_variables, settings, unknown_variables()),
        partial(check_key, settings),
        partial(check_contracts, settings),
        partial(check_dbt_project, settings),
        partial(check_packages, LOCK_FILE.read_text(encoding="utf-8")),
        partial(check_dagster_home, settings),
    ]


def lines_of(finding: Finding) -> list[str]:
    """One line of what was found, and one of how to mend it."""
    first = f"{WORDS[finding.state]:<8}{finding.check:<16}{finding.found}"
    return [first, f"{'':24}mend: {finding.mend}"] if finding.mend else [first]


def examine(settings: Settings, today: date) -> int:
    """Print what every check finds; returns the exit code: 0 when a run can start, 1 with a fault."""
    return tell(finding for check in all_checks(settings, today) for finding in check())


def tell(findings: Iterable[Finding]) -> int:
    """Print findings as they come, then how many there were of each kind; returns the exit code."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.state] += 1
        for line in lines_of(finding):
            say(line)
    say(f"Looked at {counts.total()} things: {counts['fault']} faults, {counts['warning']} warnings.")
    return 1 if counts["fault"] else 0
